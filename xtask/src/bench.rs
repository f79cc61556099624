//! `cargo xtask bench`: how fast it is.
//!
//! In: arguments for the benches. Out: the measurements of every bench of the
//! workspace, one after the other, since two at a time would disturb each other.

use std::ffi::OsString;

use crate::console::stage;
use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;

/// Runs every bench target there is.
pub(crate) fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Failure> {
    for package in workspace.packages()? {
        for bench in
            package.targets.iter().filter(|target| target.kind.iter().any(|kind| kind == "bench"))
        {
            stage(format_args!("{}: {}", package.name, bench.name));
            let mut measured = program::cargo(workspace);
            measured.args(["bench", "--package", &package.name, "--bench", &bench.name]);
            measured.arg("--all-features").arg("--").args(arguments);
            program::run(&mut measured)?;
        }
    }
    Ok(())
}
