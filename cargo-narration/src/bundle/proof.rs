//! What a test run proves.
//!
//! In: the folder that the run recorded in, and what it ran on. Out: its
//! coverage as data and as a report, and the environment. Nothing of it tells
//! the time or a path of the machine.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::Part;
use super::stories::{ByPlace, by_place};
use crate::coverage::{Recordings, markdown, measured};
use crate::fault::Fault;
use crate::sources::Workspace;

/// What a test run recorded.
#[derive(Default)]
pub(crate) struct Run {
    /// Its coverage.
    pub(crate) parts: Vec<Part>,
    /// The stories that its tests held against their files.
    pub(crate) held: ByPlace,
}

/// What a run recorded of one vocabulary; nothing where nothing was recorded.
pub(crate) fn of_run(
    workspace: &Workspace,
    data: &Path,
    vocabulary: Option<&Path>,
) -> Result<Option<Run>, Fault> {
    let recordings = Recordings::read(data).map_err(|error| Fault::unreadable(data, &error))?;
    let all: Vec<_> = workspace.packages.iter().collect();
    let Some(vocabulary) = vocabulary.filter(|_| recordings.processes > 0) else { return Ok(None) };
    let coverage = measured(workspace, &all, data, Some(vocabulary))?;
    let parts = vec![
        Part::json("coverage.json", &coverage),
        Part::text("coverage.md", markdown(&coverage)),
    ];
    Ok(Some(Run { parts, held: by_place(&workspace.root, recordings.held) }))
}

/// What the run ran on: the system, the compiler, the state of the sources.
pub(crate) fn environment(workspace: &Workspace) -> Part {
    let git = |words: &[&str]| said(Command::new("git").args(words).current_dir(&workspace.root));
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // A bundle that is written into the workspace is no change of its sources.
    let changes = git(&["status", "--porcelain", "--untracked-files=no"]);
    let data = json!({
        "os": std::env::consts::OS,
        "arch": std::env::consts::ARCH,
        "rustc": said(Command::new(rustc).arg("--version").current_dir(&workspace.root)),
        "cargo": said(Command::new(cargo).arg("--version").current_dir(&workspace.root)),
        "commit": git(&["rev-parse", "HEAD"]),
        "changed": changes.map(|changes| !changes.is_empty()),
    });
    Part::json("environment.json", &data)
}

/// What a program answers; nothing where it is not there or fails.
fn said(command: &mut Command) -> Option<String> {
    let answer = command.output().ok().filter(|answer| answer.status.success())?;
    Some(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}
