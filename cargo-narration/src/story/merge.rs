//! One order out of many logs: in go events as they were found, out come steps by time, each
//! event once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Step;
use super::step::arrange;
use crate::logs::{Entry, Place};

/// Puts events in the order of their times; those of the same time stay in the order of the logs.
pub(super) fn merge(mut entries: Vec<Entry>) -> Vec<Step> {
    entries.sort_by_key(|entry| entry.place);
    let mut steps = Vec::with_capacity(entries.len());
    let mut source = None;
    // A line without a time came after the one above it in the same log.
    let mut latest = None;
    for entry in entries {
        if source != Some(entry.place.source) {
            (source, latest) = (Some(entry.place.source), None);
        }
        latest = entry.time.or(latest);
        steps.push(Step::new(entry, latest.unwrap_or(i64::MIN)));
    }
    let first = steps.iter().map(|step| step.time).filter(|time| *time > i64::MIN).min();
    for step in &mut steps {
        step.time = step.time.max(first.unwrap_or(0));
    }
    arrange(&mut steps);
    steps
}

/// Drops events that were read before, from a copy of a log for instance; says how many.
pub(super) fn drop_repeated(entries: &mut Vec<Entry>) -> u64 {
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(entries.len());
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    let before = entries.len();
    for entry in entries.drain(..) {
        let alike = seen.entry(fingerprint(&entry)).or_default();
        if !alike.iter().any(|known| kept.get(*known).is_some_and(|known| same(known, &entry))) {
            alike.push(kept.len());
            kept.push(entry);
        }
    }
    *entries = kept;
    (before - entries.len()) as u64
}

fn fingerprint(entry: &Entry) -> u64 {
    let mut hasher = DefaultHasher::new();
    (entry.time, &entry.human, &entry.action, entry.fields.len()).hash(&mut hasher);
    hasher.finish()
}

fn same(one: &Entry, other: &Entry) -> bool {
    let place = Place::default();
    one.time.is_some() && Entry { place, ..one.clone() } == Entry { place, ..other.clone() }
}
