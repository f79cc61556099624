//! `cargo xtask lint`: everything that can be said without running the code.
//!
//! In: the workspace. Out: success, or every finding at once: a stage that
//! fails does not keep the next from being told.

mod builds;
mod floors;
mod length;
mod licences;
mod pages;
mod source;

use crate::console::{say, stage};
use crate::failure::Failure;
use crate::workspace::Workspace;

/// A place and what is wrong with it, as one line.
type Findings = Vec<String>;

/// Runs every check.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let mut failed = Vec::new();
    let packages = workspace.packages()?;
    stage("rules of the house");
    let findings = [
        floors::check(&packages, workspace)?,
        source::check(workspace, &packages)?,
        pages::check(workspace, &packages)?,
    ];
    let findings = findings.concat();
    findings.iter().for_each(say);
    say(length::report(workspace)?);
    if !findings.is_empty() {
        failed.push(format!("{} findings against the rules of the house", findings.len()));
    }
    stage("licences, duplicates and sources of the dependencies");
    if let Err(failure) = licences::check(workspace) {
        failed.push(failure.to_string());
    }
    for (name, build) in builds::all(&packages) {
        stage(name);
        if let Err(failure) = build.run(workspace) {
            failed.push(failure.to_string());
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(failed.join("\n        "))) }
}
