//! `cargo xtask bench`: what narrating costs, beside its peers, held against the bars.
//!
//! In: the parts that are asked for. Out: tables, and a failure where a bar is
//! missed. Instruction counts decide, because they are the same on a busy
//! machine as on an idle one; times are told beside them.

mod build_time;
mod compiled_out;
mod count;
mod delivery;
mod place;
mod table;
mod time;

use std::ffi::OsString;

use crate::console::{say, stage};
use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;
use place::Place;

/// The package whose cases have peers.
const PACKAGE: &str = "narration-bench";

/// The parts, the quick ones first.
pub(crate) const PARTS: [&str; 6] =
    ["compiled-out", "count", "build-time", "delivery", "time", "crates"];

/// Measures the given parts, or all of them. `arguments` go to criterion.
pub(crate) fn run(
    workspace: &Workspace,
    parts: &[String],
    arguments: &[OsString],
) -> Result<(), Failure> {
    let place = Place::new(workspace);
    let mut missed = Vec::new();
    for part in
        PARTS.into_iter().filter(|part| parts.is_empty() || parts.iter().any(|asked| asked == part))
    {
        stage(part);
        let table = match part {
            "compiled-out" => compiled_out::measure(&place),
            "count" => count::measure(&place),
            "build-time" => build_time::measure(&place),
            "delivery" => delivery::measure(&place),
            "time" => time::measure(&place, arguments),
            _ => {
                crates(workspace, arguments)?;
                continue;
            }
        }?;
        say(&table);
        missed.extend(table.missed());
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("missed: {}", missed.join("; "))))
    }
}

/// The benches that crates have of their own, one after the other, since two at a time would
/// disturb each other.
fn crates(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Failure> {
    for package in workspace.packages()?.iter().filter(|package| package.name != PACKAGE) {
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
