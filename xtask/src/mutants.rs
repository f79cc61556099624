//! `cargo xtask mutants`: breaks the way of a narration, one place at a time, and looks whether a
//! test fails.
//!
//! In: source files, by default those that make a narration safe, tell it and write it down. Out:
//! the places no test defends, and a failure where one of them is not among the known ones of
//! `xtask/mutants.txt`. All places are broken in one copy of the workspace, each behind a switch:
//! one build serves them all, and to break one is to run a test with its number. Building each
//! for itself, as cargo-mutants does, takes a build and a link of every test for each of hundreds.

mod build;
mod change;
mod find;
mod known;
mod plant;
mod trial;

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use clap::{Arg, ArgMatches, Command};

use crate::console::{say, stage};
use crate::failure::Failure;
use crate::workspace::Workspace;
use change::Mutant;
use known::Known;
use trial::{Fate, Trial};

/// The files that are broken when none is named: from a call's values to the bytes of a line.
const FILES: &[&str] = &[
    "narration-runtime/src/emit/",
    "narration-runtime/src/redaction/",
    "narration-runtime/src/story/",
    "narration-runtime/src/value/",
    "narration-runtime/src/dynamic/",
    "narration-runtime/src/layers/visit.rs",
    "narration-runtime/src/layers/metadata.rs",
    "narration-runtime/src/layers/output.rs",
    "narration-runtime/src/layers/output/",
    "narration-runtime/src/layers/inherited.rs",
    "narration-runtime/src/otel/record.rs",
    "narration-runtime/src/otel/layer.rs",
    "narration-runtime/src/otel/span.rs",
    "narration-record/src/encode.rs",
    "narration-record/src/escape.rs",
    "narration-record/src/fields.rs",
    "narration-record/src/merge.rs",
    "narration-record/src/pairs.rs",
    "narration-record/src/write/",
];

/// Its place in the command line.
pub(crate) fn command() -> Command {
    Command::new("mutants")
        .about("Breaks the way of a narration, one place at a time, and looks which tests notice")
        .arg(Arg::new("files").num_args(0..).help(
            "Files or folders of narration-runtime or narration-record; the whole way, when none is named",
        ))
}

/// Breaks every place of the files.
pub(crate) fn run(workspace: &Workspace, arguments: &ArgMatches) -> Result<(), Failure> {
    let named: Vec<&String> = arguments.get_many("files").into_iter().flatten().collect();
    let wanted: Vec<&str> =
        if named.is_empty() { FILES.to_vec() } else { named.into_iter().map(|s| &**s).collect() };
    let known = Known::read(workspace)?;
    let mutants = mutants(workspace, &wanted)?;
    if mutants.is_empty() {
        return Err(Failure::new("there is nothing to break in these files"));
    }
    stage(format_args!("{} places to break", mutants.len()));
    let (tree, viable) = build::viable(workspace, mutants)?;
    let programs = build::programs(&tree)?;
    stage("the tests, unbroken");
    let tests = trial::unbroken(programs, &tree)?;
    stage(format_args!("{} places are broken, one in each run of the tests", viable.len()));
    let begin = Instant::now();
    let told = Told::of(&viable, &tests, &known);
    told.end(&known, &wanted, begin.elapsed().as_secs())
}

/// Every place to break, numbered from 1.
fn mutants(workspace: &Workspace, wanted: &[&str]) -> Result<Vec<Mutant>, Failure> {
    let files = workspace.files(&[".rs"])?;
    let is_wanted = |file: &PathBuf| {
        let file = file.to_string_lossy();
        !file.ends_with("/tests.rs") && wanted.iter().any(|wanted| file.starts_with(wanted))
    };
    let mut files: Vec<_> = files.into_iter().filter(is_wanted).collect();
    // In the order they were named.
    let place = |file: &PathBuf| {
        let file = file.to_string_lossy();
        wanted.iter().position(|wanted| file.starts_with(wanted))
    };
    files.sort_by_key(place);
    let mut all = Vec::new();
    for file in files {
        find::mutants(&file, &workspace.read(&file)?, &mut all)?;
    }
    Ok(all)
}

/// What became of them.
#[derive(Default)]
struct Told {
    found: usize,
    known: Vec<String>,
    surprises: usize,
}

impl Told {
    /// Breaks the places, as many at once as there are cores: each in processes of its own.
    fn of(mutants: &[Mutant], tests: &Trial, known: &Known) -> Self {
        let told = Mutex::new(Self::default());
        let (told_at, next) = (&told, AtomicUsize::new(0));
        let work = || {
            while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
                let fate = tests.fate(mutant);
                let mut told = told_at.lock().unwrap_or_else(PoisonError::into_inner);
                told.add(mutant, fate, known);
                let done = told.done();
                if done.is_multiple_of(50) || done == mutants.len() {
                    say(format_args!("{done:>4} done: {}", mutant.file.display()));
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
                scope.spawn(work);
            }
        });
        told.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self) -> usize {
        self.found + self.known.len() + self.surprises
    }

    fn add(&mut self, mutant: &Mutant, fate: Fate, known: &Known) {
        match fate {
            Fate::Noticed => self.found += 1,
            _ if known.has(&mutant.name) => self.known.push(mutant.name.clone()),
            Fate::Unreached => {
                self.surprises += 1;
                say(format_args!("no test comes here ({}): {}", mutant.line, mutant.name));
            }
            Fate::Survived => {
                self.surprises += 1;
                say(format_args!("no test notices ({}): {}", mutant.line, mutant.name));
            }
        }
    }

    fn end(self, known: &Known, wanted: &[&str], seconds: u64) -> Result<(), Failure> {
        let Self { found, known: survived, surprises } = self;
        say(format_args!(
            "\n{found} noticed by a test, {} known to change nothing a user sees, {surprises} noticed by none; {seconds} s",
            survived.len()
        ));
        for name in known.stale(&survived, wanted) {
            say(format_args!("known, and survives no more: {name}"));
        }
        match surprises {
            0 => Ok(()),
            _ => Err(Failure::new(format!(
                "{surprises} broken places that no test notices; write the test, or say in {} why nothing changes",
                known::FILE
            ))),
        }
    }
}
