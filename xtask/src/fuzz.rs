//! `cargo xtask fuzz`: looks for what breaks a property.
//!
//! In: targets, and how long each is given. Out: success when nothing was found;
//! else the input, and where it lies. Needs `cargo-fuzz` and a C++ compiler, and
//! no other toolchain: there is no `unsafe` that a sanitizer would have to watch.

use std::ffi::OsStr;
use std::fs;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::console::{say, stage};
use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;

/// Its place in the command line.
pub(crate) fn command() -> Command {
    Command::new("fuzz")
        .about("Looks for what breaks a property, with libFuzzer")
        .arg(Arg::new("targets").num_args(0..).help("All, when none is named"))
        .arg(
            Arg::new("seconds")
                .long("seconds")
                .value_parser(value_parser!(u32))
                .default_value("180")
                .help("How long each target is given"),
        )
}

/// Runs the targets one behind the other; each goes on from what it found before.
pub(crate) fn run(workspace: &Workspace, arguments: &ArgMatches) -> Result<(), Failure> {
    if !program::cargo_has(workspace, "fuzz") {
        return Err(Failure::new("there is no cargo-fuzz; `cargo install cargo-fuzz` brings it"));
    }
    let named: Vec<String> = arguments.get_many("targets").into_iter().flatten().cloned().collect();
    let targets = if named.is_empty() { targets(workspace)? } else { named };
    let seconds: u32 = arguments.get_one("seconds").copied().unwrap_or(180);
    let mut failed = Vec::new();
    for target in targets {
        stage(&target);
        if let Err(failure) = look(workspace, &target, seconds) {
            failed.push(failure.to_string());
        }
    }
    say("an input that breaks a property belongs among the seeds once it is mended");
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(failed.join("\n        "))) }
}

/// The files of `fuzz_targets`.
fn targets(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let files = workspace.files(&[".rs"])?;
    let of_fuzz = files.iter().filter(|file| file.starts_with("fuzz/fuzz_targets"));
    let names = of_fuzz.filter_map(|file| file.file_stem().and_then(OsStr::to_str));
    Ok(names.map(str::to_owned).collect())
}

fn look(workspace: &Workspace, target: &str, seconds: u32) -> Result<(), Failure> {
    let corpus = workspace.target().join("fuzz-corpus").join(target);
    fs::create_dir_all(&corpus).told(|| format!("cannot make {}", corpus.display()))?;
    let seeds = workspace.root.join("fuzz/seeds").join(target);
    let mut fuzz = program::cargo(workspace);
    // Built for fuzzing, proc-macro2 would give all tokens the same place.
    fuzz.args(["fuzz", "run", "--fuzz-dir", "fuzz", "--sanitizer", "none", "--no-cfg-fuzzing"]);
    fuzz.arg(target);
    fuzz.arg(corpus).arg(seeds).env("CARGO_TARGET_DIR", workspace.target().join("fuzz"));
    fuzz.args(["--", &format!("-max_total_time={seconds}"), "-timeout=10"]);
    program::run(&mut fuzz)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_found() {
        let targets = targets(&Workspace::find().unwrap()).unwrap();
        assert!(targets.iter().any(|target| target == "vocabulary"), "{targets:?}");
    }
}
