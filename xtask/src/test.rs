//! `cargo xtask test`: every test of the workspace, and what they made the demo say.
//!
//! In: arguments for the test runner. Out: success when all passed and the
//! demo's vocabulary was exercised. Needs the pinned toolchain and nothing else;
//! `cargo nextest` is used where it is, and so are the programs of `tools`.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

use crate::console::stage;
use crate::failure::{Failure, Telling};
use crate::program;
use crate::tools;
use crate::workspace::Workspace;

/// The variable that makes processes record what they narrate.
const RECORDING: &str = "NARRATION_COVERAGE";

/// The system whose vocabulary has to be exercised, and how much of it, in hundredths.
const DEMO: &str = "llama-orch";
const LEAST: &str = "95";

/// Runs unit, integration, UI and doc tests.
pub(crate) fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Failure> {
    let mut environment = tools::prepare(workspace);
    let recordings = recordings(workspace)?;
    environment.push((RECORDING, recordings.clone()));
    let every = ["--workspace", "--all-features"];
    let mut tests = program::cargo(workspace);
    tests.envs(environment);
    if program::cargo_has(workspace, "nextest") {
        stage("tests");
        tests.args(["nextest", "run", "--no-fail-fast"]).args(every).args(arguments);
        program::run(&mut tests)?;
        stage("examples in the documentation");
        program::run(program::cargo(workspace).args(["test", "--doc"]).args(every))?;
    } else {
        stage("tests, and examples in the documentation");
        tests.args(["test", "--no-fail-fast"]).args(every);
        if !arguments.is_empty() {
            tests.arg("--").args(arguments);
        }
        program::run(&mut tests)?;
    }
    // A part of the tests says nothing about the whole.
    if arguments.is_empty() {
        stories(workspace)?;
        coverage(workspace, &recordings)
    } else {
        Ok(())
    }
}

/// Holds the demo's golden stories against a run by the words the book has for it: the feature
/// is named at the root of the workspace, and by no package.
fn stories(workspace: &Workspace) -> Result<(), Failure> {
    stage("the golden stories, as the book tells and checks them");
    let words = ["test", "--features", "story-snapshots", "--test", "stories"];
    program::run(program::cargo(workspace).args(words).env("STORY_UPDATE", "no"))
}

/// An empty folder for what this run records.
fn recordings(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let folder = workspace.target().join("narration-coverage");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).told(|| format!("cannot empty {}", folder.display()))
        }
        _ => Ok(folder),
    }
}

/// Holds what was recorded against the demo's vocabulary and sources.
fn coverage(workspace: &Workspace, recordings: &PathBuf) -> Result<(), Failure> {
    stage("what the tests made the demo say");
    let reader = workspace.target().join("debug/cargo-narration");
    let mut command = Command::new(reader.with_extension(std::env::consts::EXE_EXTENSION));
    command.current_dir(&workspace.root).args(["coverage", "--package", DEMO, "--data"]);
    program::run(command.arg(recordings).args(["--fail-under", LEAST]))
}
