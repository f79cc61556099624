//! Where measurements happen.
//!
//! In: the workspace. Out: folders below its target folder, and commands that build there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;

/// The workspace and its target folder.
pub(super) struct Place<'w> {
    /// The workspace.
    pub(super) workspace: &'w Workspace,
    /// Where cargo builds.
    pub(super) target: PathBuf,
}

impl<'w> Place<'w> {
    /// The place of a workspace.
    pub(super) fn new(workspace: &'w Workspace) -> Self {
        Self { workspace, target: workspace.target() }
    }

    /// A cargo command that says nothing unless it fails.
    pub(super) fn cargo(&self, verb: &str) -> Command {
        let mut command = program::cargo(self.workspace);
        command.env("CARGO_TARGET_DIR", &self.target).args([verb, "--quiet"]);
        command
    }
}

/// Writes a file, and makes the folder it is to be in. A file that is right already keeps its time.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.told(|| format!("cannot write {}", path.display()))
}
