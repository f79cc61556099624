//! Starts `courier` and counts what it said.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use narration_record::{Record, read};

/// A courier about to start, in an environment without settings.
pub(crate) fn courier(scene: &str, settings: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courier"));
    for name in ["RUST_LOG", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("NARRATION_") {
            command.env_remove(name);
        }
    }
    command.arg(scene).args(settings).env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    command
}

/// `file=…`, for a setting.
pub(crate) fn file(path: &Path) -> String {
    format!("file={}", path.display())
}

/// What a courier says of itself at its end.
#[derive(Debug)]
pub(crate) struct Report(HashMap<String, String>);

impl Report {
    /// The last line of standard error.
    pub(crate) fn of(output: &Output) -> Self {
        let stderr = String::from_utf8_lossy(&output.stderr);
        Self::read(stderr.lines().last().unwrap_or_else(|| panic!("no report: {output:?}")))
    }

    pub(crate) fn read(line: &str) -> Self {
        let pairs = line.split_whitespace().filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// A number of the report; 0 where it does not speak of it.
    pub(crate) fn count(&self, key: &str) -> u64 {
        self.0.get(key).map_or(0, |value| value.parse().unwrap())
    }
}

/// Lines by kind.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// The numbers that came through, in their order.
    pub(crate) numbers: Vec<u64>,
    /// What the sink says of itself.
    pub(crate) notes: Vec<Record>,
    /// Whatever is no record.
    pub(crate) broken: Vec<String>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let mut lines = Self::default();
        for line in text.split_inclusive('\n') {
            match read(line.trim_end_matches('\n')) {
                Ok(record) if line.ends_with('\n') && record.action == "log" => {
                    lines.notes.push(record);
                }
                Ok(record) if line.ends_with('\n') => lines.numbers.extend(number(&record)),
                _ => lines.broken.push(line.to_owned()),
            }
        }
        lines
    }

    pub(crate) fn of_file(path: &Path) -> Self {
        Self::of(&std::fs::read_to_string(path).unwrap())
    }

    /// How many lines the sink says were lost, for this reason.
    pub(crate) fn told_lost(&self, reason: &str) -> u64 {
        self.notes
            .iter()
            .filter(|note| note.field("reason").and_then(|value| value.as_str()) == Some(reason))
            .map(|note| note.field("lost").unwrap().to_string().parse::<u64>().unwrap())
            .sum()
    }

    /// Every number from 0 once; nothing else.
    pub(crate) fn are_all_of(&self, count: u64) {
        assert_eq!(self.broken, [""; 0], "broken lines");
        let mut numbers = self.numbers.clone();
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(0..count), "{} of {count}", numbers.len());
    }
}

fn number(record: &Record) -> Option<u64> {
    record.field("weight_g").map(|value| value.to_string().parse().unwrap())
}
