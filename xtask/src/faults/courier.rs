//! The service that is put into trouble, and what it left behind.
//!
//! In: a scene and its settings. Out: a process, its report, and the numbers in
//! the lines it wrote.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Telling};

/// Where the courier is, and where it may write.
pub(super) struct Courier {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
}

/// What a courier said of itself at its end.
#[derive(Debug, Default)]
pub(super) struct Report(HashMap<String, u64>);

/// Lines by kind.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The numbers that came through.
    pub(super) numbers: Vec<u64>,
    /// What is no whole record.
    pub(super) torn: u64,
}

impl Courier {
    pub(super) fn new(program: PathBuf, folder: PathBuf) -> Self {
        Self { program, folder }
    }

    /// A path to write to.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A courier about to start, hearing nothing of the environment it is started in.
    pub(super) fn command(&self, scene: &str, settings: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        hear_nothing(&mut command);
        command.arg(scene).args(settings);
        command
    }

    /// Starts it with its streams piped.
    pub(super) fn start(&self, scene: &str, settings: &[&str]) -> Result<Child, Failure> {
        self.command(scene, settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .told(|| format!("cannot start {}", self.program.display()))
    }

    /// Runs it to its end.
    pub(super) fn run(&self, scene: &str, settings: &[&str]) -> Result<Report, Failure> {
        let child = self.start(scene, settings)?;
        let output = child.wait_with_output().told(|| format!("cannot wait for {scene}"))?;
        Ok(Report::of(&output.stderr))
    }
}

/// Takes away what would change how a service narrates.
pub(super) fn hear_nothing(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name == "RUST_LOG" || name.to_string_lossy().starts_with("NARRATION_") {
            command.env_remove(name);
        }
    }
}

impl Report {
    /// The last line of standard error.
    pub(super) fn of(stderr: &[u8]) -> Self {
        let text = String::from_utf8_lossy(stderr);
        let pairs = text.lines().last().unwrap_or_default().split_whitespace();
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        Self(pairs.filter_map(|(key, count)| Some((key.to_owned(), count.parse().ok()?))).collect())
    }

    /// A number of the report; 0 where it does not speak of it.
    pub(super) fn count(&self, key: &str) -> u64 {
        self.0.get(key).copied().unwrap_or_default()
    }
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Self::default();
        for line in text.split_inclusive('\n') {
            match serde_json::from_str::<serde_json::Value>(line) {
                Ok(record) if line.ends_with('\n') => {
                    lines.numbers.extend(record.get("weight_g").and_then(|number| number.as_u64()));
                }
                _ => lines.torn += 1,
            }
        }
        lines
    }

    pub(super) fn of_file(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).told(|| format!("cannot read {}", path.display()))?;
        Ok(Self::of(&String::from_utf8_lossy(&bytes)))
    }

    /// How many different numbers there are.
    pub(super) fn count(&self) -> u64 {
        self.numbers.len() as u64
    }
}
