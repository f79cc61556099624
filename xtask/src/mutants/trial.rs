//! The tests, with one place broken.
//!
//! In: test programs. Out: which places each of them passes, and for each
//! place, whether one of them fails when it is broken. The program that noticed
//! the last broken place of a file is asked first about the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::change::Mutant;
use crate::console::say;
use crate::failure::{Failure, Telling};
use crate::workspace::Workspace;

/// Tests that try the same thing many times: what they are about is a race.
const LEFT_OUT: &[&str] = &["stress", "matrix"];

/// How many cases a property is tried with: with ten times as many it notices little more.
const CASES: &str = "32";

/// A program of tests.
pub(super) struct Program {
    /// The name of its target.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The folder of its package, in which cargo would run it.
    pub(super) package: PathBuf,
}

/// A program that passes while nothing is broken.
struct Tests {
    program: Program,
    took: Duration,
    passed: BTreeSet<usize>,
}

/// All of them.
pub(super) struct Trial {
    tests: Vec<Tests>,
    /// The program that noticed last, by file.
    noticed: Mutex<BTreeMap<PathBuf, usize>>,
}

/// What became of a broken place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A test failed.
    Noticed,
    /// Every test passed.
    Survived,
    /// No test comes there at all.
    Unreached,
}

/// Runs every program once, with nothing broken.
pub(super) fn unbroken(programs: Vec<Program>, tree: &Workspace) -> Result<Trial, Failure> {
    let notes = tree.root.with_file_name("passed");
    let mut tests = Vec::new();
    for program in programs.into_iter().filter(|program| !LEFT_OUT.contains(&&*program.name)) {
        let _ = fs::remove_file(&notes);
        let mut took = None;
        // To note a place asks for memory, which a test that counts it may notice the first time.
        for _ in 0..2 {
            let begin = Instant::now();
            let mut command = program.command();
            command.env("MUTANTS_PASSED", &notes);
            if passes(&mut command, Duration::from_secs(600))? {
                took = Some(begin.elapsed());
                break;
            }
        }
        let Some(took) = took else {
            say(format_args!("left out, as it fails with nothing broken: {}", program.name));
            continue;
        };
        let passed = fs::read_to_string(&notes).unwrap_or_default();
        let passed: BTreeSet<_> = passed.lines().filter_map(|line| line.parse().ok()).collect();
        if !passed.is_empty() {
            say(format_args!(
                "{:>6} ms, {:>4} places: {}",
                took.as_millis(),
                passed.len(),
                program.name
            ));
            tests.push(Tests { program, took, passed });
        }
    }
    tests.sort_by_key(|tests| tests.took);
    Ok(Trial { tests, noticed: Mutex::default() })
}

impl Trial {
    /// Breaks a place, and asks the tests that come there.
    pub(super) fn fate(&self, mutant: &Mutant) -> Fate {
        let noticed = || self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noticed().get(&mutant.file).copied();
        let others = (0..self.tests.len()).filter(|index| Some(*index) != last);
        let mut fate = Fate::Unreached;
        for index in last.into_iter().chain(others) {
            let Some(tests) = self.tests.get(index) else { continue };
            if !tests.passed.contains(&mutant.number) {
                continue;
            }
            fate = Fate::Survived;
            let mut command = tests.program.command();
            command.env("MUTANT", mutant.number.to_string());
            // A test that hangs has noticed, as far as a user can tell.
            let patience = tests.took * 5 + Duration::from_secs(20);
            if !passes(&mut command, patience).unwrap_or(false) {
                noticed().insert(mutant.file.clone(), index);
                return Fate::Noticed;
            }
        }
        fate
    }
}

impl Program {
    /// Itself, as cargo would run it.
    fn command(&self) -> Command {
        let mut command = limited(&self.path);
        let manifest = fs::read_to_string(self.package.join("Cargo.toml")).unwrap_or_default();
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = "));
        command.current_dir(&self.package).env("CARGO_MANIFEST_DIR", &self.package);
        command.env("CARGO_PKG_NAME", name.unwrap_or_default().trim_matches('"'));
        command
            .env("PROPTEST_CASES", CASES)
            .env("CI", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

/// What is broken may ask for more memory than there is.
#[cfg(unix)]
fn limited(path: &std::path::Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 8000000; exec \"$0\""]).arg(path);
    command
}

#[cfg(not(unix))]
fn limited(path: &std::path::Path) -> Command {
    Command::new(path)
}

/// Whether a program ends well, in time.
fn passes(command: &mut Command, patience: Duration) -> Result<bool, Failure> {
    let mut child = command.spawn().told(|| "cannot start a test".to_owned())?;
    let until = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait().told(|| "cannot wait for a test".to_owned())? {
            return Ok(status.success());
        }
        if Instant::now() > until {
            end(&mut child);
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
