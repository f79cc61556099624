//! `cargo xtask faults`: what becomes of narrations when things go wrong.
//!
//! In: nothing. Out: a table of faults, each with what was emitted, what came
//! through and what is counted as lost, and a failure where these do not add
//! up to the line.

mod courier;
mod disk;
mod files;
mod killed;
mod pipe;

use std::fs;
use std::path::PathBuf;

use crate::console::{say, stage};
use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;
use courier::Courier;

/// What one fault came to.
struct Outcome {
    fault: String,
    emitted: u64,
    written: u64,
    lost: u64,
    /// Lines that are no whole records.
    torn: u64,
    /// What else there is to say.
    note: String,
}

impl Outcome {
    fn adds_up(&self) -> bool {
        self.emitted == self.written + self.lost && self.torn == 0
    }
}

type Outcomes = Result<Vec<Outcome>, Failure>;
type Fault = fn(&Courier) -> Outcomes;

/// The faults, by the names under which they are told.
const FAULTS: [(&str, Fault); 4] = [
    ("killed a hundred times under load", killed::run),
    ("full disks", disk::run),
    ("pipes that are slow or closed", pipe::run),
    ("files that are rotated under load", files::run),
];

/// Goes through all faults.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    stage("building the courier, which tells numbered lines");
    let mut build = program::cargo(workspace);
    program::run(build.args(["build", "--package", "narration-tests", "--bin", "courier"]))?;
    let given = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = given.unwrap_or_else(|| workspace.root.join("target"));
    let folder = target.join("faults");
    let mut outcomes = Vec::new();
    for (name, fault) in FAULTS {
        stage(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).told(|| format!("cannot make {}", folder.display()))?;
        let courier = Courier::new(target.join("debug/courier"), folder.clone());
        let found = fault(&courier)?;
        found.iter().for_each(|outcome| say(row(outcome)));
        outcomes.extend(found);
    }
    stage("all faults");
    say(table(&outcomes));
    let wrong: Vec<_> = outcomes.iter().filter(|outcome| !outcome.adds_up()).map(row).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

fn table(outcomes: &[Outcome]) -> String {
    let head =
        "| fault | emitted | written | counted lost | torn lines | |\n|---|--:|--:|--:|--:|---|";
    let rows: Vec<_> = outcomes.iter().map(row).collect();
    format!("{head}\n{}", rows.join("\n"))
}

fn row(outcome: &Outcome) -> String {
    let Outcome { fault, emitted, written, lost, torn, note } = outcome;
    format!("| {fault} | {emitted} | {written} | {lost} | {torn} | {note} |")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_add_up_is_found() {
        let outcome = |written, lost, torn| Outcome {
            fault: String::new(),
            emitted: 10,
            written,
            lost,
            torn,
            note: String::new(),
        };
        assert!(outcome(7, 3, 0).adds_up());
        assert!(!outcome(7, 2, 0).adds_up(), "one is missing");
        assert!(!outcome(8, 3, 0).adds_up(), "one is counted twice");
        assert!(!outcome(7, 3, 1).adds_up(), "one is torn");
    }
}
