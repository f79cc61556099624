//! The copy, built.
//!
//! In: places. Out: those with which the workspace builds, and the test
//! programs that have them all. A change that the compiler refuses is none
//! that a test could find.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::Value;

use super::change::Mutant;
use super::plant::plant;
use super::trial::Program;
use crate::console::say;
use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;

/// Whose tests are asked. Those of other packages see a narration from further away, and take long.
const PACKAGES: &[&str] =
    &["clinic", "narration-record", "narration-runtime", "narration-testing", "narration-tests"];

/// How often changes are taken out before it is given up.
const ROUNDS: usize = 40;

/// Plants the places, without those that do not build.
pub(super) fn viable(
    workspace: &Workspace,
    mut mutants: Vec<Mutant>,
) -> Result<(Workspace, Vec<Mutant>), Failure> {
    for _ in 0..ROUNDS {
        let tree = Workspace { root: plant(workspace, &mutants)? };
        let faults = faults(&tree)?;
        if faults.is_empty() {
            return Ok((tree, mutants));
        }
        let refused = refused(&tree, &faults)?;
        let before = mutants.len();
        mutants.retain(|mutant| !refused.contains(&mutant.number));
        say(format_args!("{} changes do not build", before - mutants.len()));
        if mutants.len() == before {
            return Err(Failure::new(format!("the copy does not build: {faults:?}")));
        }
    }
    Err(Failure::new("the compiler refuses something else each time"))
}

/// Builds the tests and tells where their programs are.
pub(super) fn programs(tree: &Workspace) -> Result<Vec<Program>, Failure> {
    let messages = messages(tree, &["test", "--no-run"])?;
    let tests = messages.iter().filter(|message| {
        message["profile"]["test"] == true && message["target"]["kind"][0] != "bench"
    });
    let program = |message: &Value| {
        let path = |value: &Value| value.as_str().map(PathBuf::from);
        let manifest = path(&message["manifest_path"])?;
        let name = message["target"]["name"].as_str()?.to_owned();
        Some(Program {
            name,
            path: path(&message["executable"])?,
            package: manifest.parent()?.into(),
        })
    };
    let programs: Vec<_> = tests.filter_map(program).collect();
    if programs.is_empty() { Err(Failure::new("the tests do not build")) } else { Ok(programs) }
}

/// File, line and column of every error: of where it is, and of what it comes from.
fn faults(tree: &Workspace) -> Result<Vec<(PathBuf, usize, usize)>, Failure> {
    let messages = messages(tree, &["check"])?;
    let errors = messages.iter().filter(|message| message["message"]["level"] == "error");
    let spans = errors.flat_map(|error| error["message"]["spans"].as_array().into_iter().flatten());
    let primary = spans.filter(|span| span["is_primary"] == true);
    let place = |span: &Value| {
        let number = |name: &str| usize::try_from(span[name].as_u64()?).ok();
        Some((
            PathBuf::from(span["file_name"].as_str()?),
            number("line_start")?,
            number("column_start")?,
        ))
    };
    Ok(primary.filter_map(place).collect())
}

/// The switch that is nearest to each fault: the last before it on its line, else the first behind it.
fn refused(
    tree: &Workspace,
    faults: &[(PathBuf, usize, usize)],
) -> Result<BTreeSet<usize>, Failure> {
    let mut refused = BTreeSet::new();
    for (file, line, column) in faults {
        let text = tree.read(file)?;
        let (line, rest) =
            (text.lines().nth(line - 1).unwrap_or_default(), text.lines().skip(*line));
        let at = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
        let (before, behind) = line.split_at(at);
        let last = switches(before).last();
        // That an arm is missing is told at the head of its `match`.
        let later = || rest.flat_map(switches).next();
        refused.extend(last.or_else(|| switches(behind).next()).or_else(later));
    }
    Ok(refused)
}

/// The numbers of the switches in a text.
fn switches(text: &str) -> impl Iterator<Item = usize> {
    let calls = text.split("crate::mutant(").skip(1);
    calls.filter_map(|call| call.split(')').next()?.parse().ok())
}

/// What cargo says of the packages, as data.
fn messages(tree: &Workspace, verb: &[&str]) -> Result<Vec<Value>, Failure> {
    let mut cargo = program::cargo(tree);
    cargo.args(verb).args(["--quiet", "--all-features", "--message-format=json"]);
    if verb == ["check"] {
        cargo.args(["--keep-going", "-p", "narration-record", "-p", "narration-runtime"]);
    } else {
        cargo.args(PACKAGES.iter().flat_map(|package| ["-p", *package]));
        cargo.args(["--lib", "--tests"]);
    }
    // What is built on the way is shared; a program that is broken must not lie where others look.
    let target = Workspace::find()?.target();
    cargo
        .env("CARGO_TARGET_DIR", target.join("mutants/programs"))
        .env("CARGO_BUILD_BUILD_DIR", target);
    say(format_args!("$ {}", program::typed(&cargo)));
    let output =
        cargo.stderr(Stdio::inherit()).output().told(|| "cannot start cargo".to_owned())?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_read_from_a_line() {
        let line = "if (a) != crate::mutant(12) { f(crate::mutant(7)) }";
        assert_eq!(switches(line).collect::<Vec<_>>(), [12, 7]);
        assert_eq!(switches("no switch").next(), None);
    }
}
