//! `cargo xtask bench-story`: how fast a story is found in a gigabyte of logs, beside the tools
//! that people use for it.
//!
//! In: how many megabytes of logs to make. Out: a table of times and memory, and a failure where
//! the bar is missed. A tool that is not installed is said to be away.

pub(crate) mod logs;
mod stopwatch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::console::{say, stage};
use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;
use stopwatch::{Best, best};

/// How many times the time of `rg` a story may take.
const BAR: f64 = 1.3;

/// How much memory a story may take, in MiB.
const MEMORY: u64 = 200;

/// Each is measured so often, in turn, and the best counts: the rest is what the machine did.
const ROUNDS: usize = 5;

/// Makes the logs, measures, and takes them away again.
pub(crate) fn run(workspace: &Workspace, megabytes: u64) -> Result<(), Failure> {
    stage("building cargo-narration as it is released");
    program::run(program::cargo(workspace).args(["build", "--release", "-p", "cargo-narration"]))?;
    let target = target(workspace);
    let folder = target.join("bench-story");
    stage(format_args!("writing {megabytes} MB of logs of three services"));
    let files = logs::write(&folder, megabytes * 1_000_000)
        .told(|| format!("cannot write logs to {}", folder.display()))?;
    let measured = measure(&target.join("release").join("cargo-narration"), &folder, &files);
    fs::remove_dir_all(&folder).told(|| format!("cannot remove {}", folder.display()))?;
    measured
}

pub(crate) fn target(workspace: &Workspace) -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    set.map_or_else(|| workspace.root.join("target"), |target| workspace.root.join(target))
}

fn measure(binary: &Path, folder: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    let mut ours = Command::new(binary);
    ours.args(["story", logs::WANTED]).args(files);
    let mut peers = peers(files);
    // One round for all, so that each finds the logs in memory.
    let mut all: Vec<(&str, Command)> = vec![("story", ours)];
    all.append(&mut peers);
    let times = best(&mut all, ROUNDS)?;
    let of = |name: &str| times.iter().find(|best| best.name == name);
    say(table(&times));
    let bytes: u64 =
        files.iter().filter_map(|file| file.metadata().ok()).map(|one| one.len()).sum();
    say(format_args!("{bytes} bytes in {}, {} lines found", folder.display(), logs::STEPS));
    let Some(story) = of("story") else { return Ok(()) };
    if story.memory.is_some_and(|memory| memory > MEMORY << 20) {
        return Err(Failure::new(format!("story took more than {MEMORY} MiB")));
    }
    match of("rg") {
        Some(rg) if story.seconds > BAR * rg.seconds => Err(Failure::new(format!(
            "missed: story took {:.2} × the time of rg, the bar is {BAR}",
            story.seconds / rg.seconds
        ))),
        Some(_) => Ok(()),
        None => {
            say("rg is not on the PATH, so the bar could not be held: cargo install ripgrep");
            Ok(())
        }
    }
}

/// The peers that are installed, each doing what it can of the same work.
fn peers(files: &[PathBuf]) -> Vec<(&'static str, Command)> {
    let field = format!("select(.correlation_id==\"{}\")", logs::WANTED);
    let id = format!("correlation_id={}", logs::WANTED);
    let known: [(&'static str, Vec<&str>); 4] = [
        ("rg", vec!["--no-filename", "--no-line-number", "--fixed-strings", logs::WANTED]),
        ("grep", vec!["-hF", logs::WANTED]),
        ("hl", vec!["-P", "-s", "-f", &id]),
        ("jq", vec!["-c", &field]),
    ];
    let mut peers = Vec::new();
    for (name, args) in known {
        let mut command = Command::new(name);
        if command.arg("--version").output().is_ok() {
            let mut command = Command::new(name);
            command.args(args).args(files);
            peers.push((name, command));
        } else {
            say(format_args!("{name} is not installed and is left out"));
        }
    }
    peers
}

fn table(times: &[Best]) -> String {
    let rg = times.iter().find(|best| best.name == "rg").map(|best| best.seconds);
    let mut table = "\n| | s | × rg | MiB |\n|---|--:|--:|--:|\n".to_owned();
    for best in times {
        let ratio = rg.map_or("–".to_owned(), |rg| format!("{:.2}", best.seconds / rg));
        let memory = best.memory.map_or("–".to_owned(), |bytes| format!("{}", bytes >> 20));
        table += &format!("| {} | {:.3} | {ratio} | {memory} |\n", best.name, best.seconds);
    }
    table
}
