//! What it costs to bring an event to a real file.
//!
//! In: the measurements of `benches/examples/delivery.rs`. Out: ours beside
//! those of others. Times of a machine that may be busy, but all of the same run.

use std::collections::HashMap;

use super::PACKAGE;
use super::place::Place;
use super::table::{Bar, Row, Table};
use crate::failure::Failure;
use crate::program;

/// What is compared: a text, ours, the peer's, and the bar.
const ROWS: [(&str, &str, &str, Bar); 4] = [
    (
        "to a file, one thread, beside `tracing-subscriber` JSON with `tracing-appender`",
        "file-1/narrate",
        "file-1/tracing-appender",
        Bar::TimesBetter(5.0),
    ),
    (
        "to a file, two threads, beside the same",
        "file-2/narrate",
        "file-2/tracing-appender",
        Bar::TimesBetter(5.0),
    ),
    (
        "to a file, one thread, beside a plain `write` of the same bytes",
        "file-1/narrate",
        "file-1/write",
        Bar::AtMost(3.0),
    ),
    (
        "a stalled sink with `drop-newest`: p99.9 beside the median",
        "stalled/p99.9",
        "stalled/median",
        Bar::AtMost(10.0),
    ),
];

/// Runs the measurements.
pub(super) fn measure(place: &Place<'_>) -> Result<Table, Failure> {
    let mut measured = place.cargo("run");
    measured.args(["--release", "--package", PACKAGE, "--example", "delivery"]);
    let output = program::output(&mut measured)?;
    let numbers = read(&output);
    let rows = ROWS.iter().map(|(what, ours, peer, bar)| {
        let number = |name: &str| {
            let missing = || Failure::new(format!("there is no measurement {name}"));
            numbers.get(name).copied().ok_or_else(missing)
        };
        Ok(Row { what: (*what).to_owned(), ours: number(ours)?, peer: number(peer)?, bar: *bar })
    });
    let rows = rows.collect::<Result<_, Failure>>()?;
    let threads = numbers.get("file-2/narrate").map_or(0.0, |nanoseconds| 1e3 / nanoseconds);
    Ok(Table::new("Delivery (wall time for one event)", "ns", rows)
        .with_note(format!("Two threads bring {threads:.2} million events a second to the file.")))
}

fn read(output: &str) -> HashMap<&str, f64> {
    let pairs = output.lines().filter_map(|line| line.split_once(' '));
    pairs.filter_map(|(name, number)| Some((name, number.parse().ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_is_a_name_and_a_number() {
        let read = read("file-1/narrate 812.5\nstalled/median 640\nand a remark\n");
        assert_eq!(read.get("file-1/narrate"), Some(&812.5));
        assert_eq!(read.len(), 2);
    }
}
