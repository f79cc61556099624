//! A measurement to read on a terminal.
//!
//! In: [`Coverage`]. Out: the figures, a line for each actor, and what is missing by file and line.

use std::fmt::Write as _;

use super::figures::{Coverage, Kind};

/// The report.
pub(crate) fn text(coverage: &Coverage) -> String {
    let mut out = String::new();
    for kind in Kind::ALL {
        let figure = coverage.figure(kind);
        let _ = writeln!(
            out,
            "{:<30} {:>4} of {:<4} {:>3} %",
            kind.meaning(),
            figure.covered,
            figure.total,
            figure.percent()
        );
    }
    out.push('\n');
    let width = coverage.actors.iter().map(|actor| actor.name.len()).max().unwrap_or(0);
    for actor in &coverage.actors {
        let figure = actor.exercised;
        let (name, percent) = (&actor.name, figure.percent());
        let _ = write!(
            out,
            "{name:<width$}  {:>3} of {:<3} {percent:>3} %",
            figure.covered, figure.total
        );
        let silent: Vec<&str> = actor
            .actions
            .iter()
            .filter(|action| !action.exercised)
            .map(|action| action.name.as_str())
            .collect();
        if !silent.is_empty() {
            let _ = write!(out, "  without {}", silent.join(", "));
        }
        out.push('\n');
    }
    missing(&mut out, coverage);
    out
}

fn missing(out: &mut String, coverage: &Coverage) {
    if !coverage.missing.is_empty() {
        out.push_str("\nNot covered:\n");
    }
    for missing in &coverage.missing {
        let _ = writeln!(out, "  {}  {} ({})", missing.place, missing.id, missing.why);
    }
    if !coverage.unknown.is_empty() {
        out.push_str("\nRecorded, and not in the sources as they are now:\n");
    }
    for unknown in &coverage.unknown {
        let _ = writeln!(out, "  {unknown}");
    }
    if !coverage.unwritten.is_empty() {
        out.push_str(
            "\nCompiled, and not in the sources as they are now (built from others, or written by a macro):\n",
        );
    }
    for unwritten in &coverage.unwritten {
        let _ = writeln!(out, "  {unwritten}");
    }
    if coverage.processes == 0 {
        out.push_str("\nNothing was recorded: run the tests through `cargo narration coverage -- cargo test`.\n");
    }
    if coverage.unreadable > 0 {
        let _ = writeln!(out, "\n{} recorded lines could not be read.", coverage.unreadable);
    }
}
