//! How long a case takes.
//!
//! In: criterion's estimates of every case. Out: ours beside the peer's, told
//! and not judged: times are those of a busy machine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::PACKAGE;
use super::place::Place;
use super::table::{Bar, Row, Table};
use crate::failure::{Failure, Telling};
use crate::program;

/// Runs criterion, whose own output is seen while it works.
pub(super) fn measure(place: &Place<'_>, arguments: &[OsString]) -> Result<Table, Failure> {
    let mut measured = place.cargo("bench");
    measured.args(["--package", PACKAGE, "--bench", "speed", "--"]).args(arguments);
    program::run(&mut measured)?;
    let mut rows = Vec::new();
    let estimates = estimates(place)?;
    let note = recording(&estimates);
    for (group, cases) in estimates {
        let Some((ours, time)) = ours(&cases) else { continue };
        for (peer, peers) in cases.iter().filter(|(who, _)| *who != ours) {
            let what = format!("{group}: {ours} beside {peer}");
            rows.push(Row { what, ours: time, peer: *peers, bar: Bar::None });
        }
    }
    Ok(Table::new("Time for one call (criterion, medians)", "ns", rows).with_note(note))
}

/// What recording coverage adds to a narration, in words; where it is off there is no layer.
fn recording(groups: &BTreeMap<String, Cases>) -> String {
    let added = |group: &str| {
        let cases = groups.get(group)?;
        Some(format!("{:.1} ns", cases.get("narrate")? - cases.get("unrecorded")?))
    };
    let shown = |group| added(group).unwrap_or_else(|| "(not measured)".to_owned());
    let (alone, inside) = (shown("on-recorded"), shown("in-context-recorded"));
    format!(
        "Coverage, where it is recorded, adds {alone} to a narration and {inside} to one inside of \
         an operation (20 ns may be added); where it is not, there is no layer, and nothing is added."
    )
}

type Cases = BTreeMap<String, f64>;

/// Who in a group is ours.
fn ours(cases: &Cases) -> Option<(&str, f64)> {
    let ours = ["narrate", "narrated", "narration", "json"]
        .into_iter()
        .find(|who| cases.contains_key(*who))?;
    Some((ours, *cases.get(ours)?))
}

/// The median of every case, by group.
fn estimates(place: &Place<'_>) -> Result<BTreeMap<String, Cases>, Failure> {
    let folder = place.target.join("criterion");
    let mut groups = BTreeMap::new();
    for group in names(&folder)? {
        let cases: Cases = names(&folder.join(&group))?
            .into_iter()
            .filter_map(|who| {
                let file = folder.join(&group).join(&who).join("new/estimates.json");
                Some((who, median(&fs::read_to_string(file).ok()?)?))
            })
            .collect();
        groups.insert(group, cases);
    }
    Ok(groups)
}

fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = fs::read_dir(folder).told(|| format!("cannot list {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// The median's estimate, in nanoseconds.
fn median(estimates: &str) -> Option<f64> {
    let (_, median) = estimates.split_once("\"median\":")?;
    let (_, number) = median.split_once("\"point_estimate\":")?;
    number.split([',', '}']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_recording_adds_is_told_as_a_difference() {
        let cases =
            |ours, peer| Cases::from([("narrate".into(), ours), ("unrecorded".into(), peer)]);
        let groups = BTreeMap::from([("on-recorded".to_owned(), cases(312.5, 300.0))]);
        let told = recording(&groups);
        assert!(told.contains("adds 12.5 ns to a narration and (not measured)"), "{told}");
    }

    #[test]
    fn the_median_is_told_from_the_mean() {
        let estimates = r#"{"mean":{"point_estimate":2.0},"median":{"confidence_interval":{"lower_bound":1.0},"point_estimate":1.5,"standard_error":0.1}}"#;
        assert_eq!(median(estimates), Some(1.5));
    }
}
