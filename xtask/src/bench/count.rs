//! How many instructions a case takes.
//!
//! In: `narration-bench`, run under valgrind for two lengths of which the
//! difference is the work alone. Out: ours beside the peer's.

use std::process::Command;

use super::PACKAGE;
use super::place::Place;
use super::table::{Bar, Row, Table};
use crate::failure::{Failure, Telling};
use crate::program;

const TITLE: &str = "Instructions for one call (callgrind)";

/// Runs of which the first warms up and the second works.
const LENGTHS: [u32; 2] = [200, 1_200];

/// Ordinary text of the length that hostile text has.
const BULK: &str = "detector-ordinary/narration";

/// What is compared: what, ours, the peer's, the bar.
const PAIRS: &[(&str, &str, &str, Bar)] = &[
    ("off: no subscriber", "off-nobody/narrate", "off-nobody/tracing", Bar::AtMost(1.0)),
    ("off by level", "off-level/narrate", "off-level/tracing", Bar::AtMost(1.0)),
    (
        "off by a directive for the actor",
        "off-directive/narrate",
        "off-directive/tracing",
        Bar::AtMost(1.0),
    ),
    ("off, five live locals", "off-locals/narrate", "off-locals/tracing", Bar::AtMost(1.0)),
    ("on, JSON, redacted", "on/narrate", "on/tracing", Bar::TimesBetter(5.0)),
    (
        "on, JSON, inside a span of three fields",
        "on-in-span/narrate",
        "on-in-span/tracing",
        Bar::TimesBetter(8.0),
    ),
    (
        "the same, peer without span list",
        "on-in-span/narrate",
        "on-in-span/tracing-current-span",
        Bar::None,
    ),
    ("on, JSON, 128 bytes of free text, detected", "on-text/narrate", "on-text/tracing", Bar::None),
    ("on, a layer that does nothing", "no-op/narrate", "no-op/tracing", Bar::None),
    (
        "the detector, clean 45 bytes, beside six expressions",
        "detector-45/narration",
        "detector-45/six-expressions",
        Bar::TimesBetter(4.0),
    ),
    (
        "the detector, clean 128 bytes, beside six expressions",
        "detector-128/narration",
        "detector-128/six-expressions",
        Bar::TimesBetter(4.0),
    ),
    (
        "the same, beside one alternation",
        "detector-128/narration",
        "detector-128/alternation",
        Bar::TimesBetter(1.5),
    ),
    (
        "the detector, 128 bytes with near-hits, beside six expressions",
        "detector-near/narration",
        "detector-near/six-expressions",
        Bar::TimesBetter(2.0),
    ),
    (
        "the detector, one secret in 108 bytes, beside six expressions",
        "detector-secret/narration",
        "detector-secret/six-expressions",
        Bar::AtMost(1.0),
    ),
    (
        "the same, beside one alternation",
        "detector-secret/narration",
        "detector-secret/alternation",
        Bar::None,
    ),
    (
        "the detector, 8 KiB of log lines, beside six expressions",
        "detector-bulk/narration",
        "detector-bulk/six-expressions",
        Bar::None,
    ),
    // Text made to be hostile may cost three times what ordinary text of its length does.
    ("`password` repeated, beside log lines", "detector-names/narration", BULK, Bar::AtMost(3.0)),
    ("`://` repeated, beside log lines", "detector-slashes/narration", BULK, Bar::AtMost(3.0)),
    ("`eyJ` repeated, beside log lines", "detector-tokens/narration", BULK, Bar::AtMost(3.0)),
    ("operators only, beside log lines", "detector-operators/narration", BULK, Bar::AtMost(3.0)),
    ("`token: ` repeated, beside log lines", "detector-judged/narration", BULK, Bar::AtMost(10.0)),
    ("`sk-` repeated, beside log lines", "detector-prefixes/narration", BULK, Bar::AtMost(10.0)),
    ("`#[narrated]` fn off", "fn-off/narrated", "fn-off/instrument", Bar::None),
    ("`#[narrated]` fn, start and outcome, JSON", "fn-on/narrated", "fn-on/instrument", Bar::None),
    // Five microseconds may be added; in instructions that is about three times the bare request.
    (
        "a request of axum, its context around it",
        "request/context",
        "request/bare",
        Bar::AtMost(3.0),
    ),
    ("the same, its start and outcome told", "request/told", "request/bare", Bar::None),
    (
        "on, JSON, inside an operation with id and trace",
        "in-context/narrate",
        "in-context/tracing",
        Bar::TimesBetter(8.0),
    ),
    (
        "`#[narrated]` fn there, with a span id of its own",
        "fn-in-context/narrated",
        "fn-in-context/instrument",
        Bar::None,
    ),
    (
        "a new operation opened and closed, ids made",
        "context-open/narration",
        "context-open/tracing",
        Bar::None,
    ),
    (
        "a scope of two fields opened and closed there",
        "scope-open/narration",
        "scope-open/tracing",
        Bar::None,
    ),
    (
        "on, JSON, coverage recorded, beside unrecorded",
        "on-recorded/narrate",
        "on-recorded/unrecorded",
        Bar::None,
    ),
    (
        "the same inside an operation",
        "in-context-recorded/narrate",
        "in-context-recorded/unrecorded",
        Bar::None,
    ),
    ("`logfmt` beside `json`", "format/logfmt", "format/json", Bar::None),
    ("`pretty` beside `json`", "format/pretty", "format/json", Bar::None),
    ("`story` beside `json`", "format/story", "format/json", Bar::None),
];

/// Counts every pair.
pub(super) fn measure(place: &Place<'_>) -> Result<Table, Failure> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(Table::skipped(
            TITLE,
            "valgrind is not installed, so no instruction count is held to its bar",
        ));
    }
    program::run(place.cargo("build").args(["--release", "--package", PACKAGE]))?;
    let rows = PAIRS.iter().map(|&(what, ours, peer, bar)| {
        let (ours, peer) = (instructions(place, ours)?, instructions(place, peer)?);
        Ok(Row { what: what.to_owned(), ours, peer, bar })
    });
    Ok(Table::new(TITLE, "instructions", rows.collect::<Result<_, Failure>>()?))
}

/// The instructions of one call.
fn instructions(place: &Place<'_>, case: &str) -> Result<f64, Failure> {
    let [short, long] = LENGTHS;
    let difference = collected(place, case, long)? - collected(place, case, short)?;
    Ok(difference / f64::from(long - short))
}

/// The instructions of a whole run.
fn collected(place: &Place<'_>, case: &str, times: u32) -> Result<f64, Failure> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]);
    command.arg(place.target.join("release").join(PACKAGE)).args([case, &times.to_string()]);
    let report = program::output(&mut command)?;
    total(&report).ok_or(report).told(|| format!("valgrind counted nothing for {case}"))
}

/// The number behind `Collected :`.
fn total(report: &str) -> Option<f64> {
    report.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_from_the_end_of_the_report() {
        let report = "==7== Callgrind\n==7== Events    : Ir\n==7== Collected : 126103930\n==7== \n";
        assert_eq!(total(report), Some(126_103_930.0));
        assert_eq!(total("==7== Callgrind"), None);
    }
}
