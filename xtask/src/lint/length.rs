//! How long the files are.
//!
//! In: every Rust file. Out: the median, and the files above what is wished
//! for. A report, not a rule: a table may be long.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Above this many lines a file is named.
const LONG: usize = 300;

/// The report.
pub(super) fn report(workspace: &Workspace) -> Result<String, Failure> {
    let mut lengths = Vec::new();
    for file in workspace.files(&[".rs"])? {
        lengths.push((workspace.read(&file)?.lines().count(), file));
    }
    Ok(told(lengths))
}

fn told(mut lengths: Vec<(usize, PathBuf)>) -> String {
    lengths.sort();
    let median = lengths.get(lengths.len() / 2).map_or(0, |(length, _)| *length);
    let mut told = format!("{} Rust files, {median} lines at the median", lengths.len());
    for (length, file) in lengths.iter().rev().take_while(|(length, _)| *length > LONG) {
        told.push_str(&format!("\n  {length} lines: {}", file.display()));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_named_longest_first() {
        let lengths = [(10, "a"), (301, "b"), (300, "c"), (900, "d"), (20, "e")];
        let lengths = lengths.map(|(length, file)| (length, PathBuf::from(file))).to_vec();
        assert_eq!(
            told(lengths),
            "5 Rust files, 300 lines at the median\n  900 lines: d\n  301 lines: b"
        );
    }
}
