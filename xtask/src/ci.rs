//! `cargo xtask ci`: what the build server does, here.
//!
//! In: nothing. Out: success when `.ci/run` succeeds, which is the only list of its stages.

use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;

/// Runs `.ci/run` as the build server would.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut ci = Command::new("bash");
    ci.arg(".ci/run").current_dir(&workspace.root).stdin(Stdio::null()).env("CI", "true");
    program::run(&mut ci)
}
