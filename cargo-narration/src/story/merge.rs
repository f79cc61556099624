//! One order out of many logs: in go events as they were found, out come steps by time, each
//! event once.

use std::hash::{BuildHasher as _, RandomState};

use super::Step;
use super::step::arrange;
use crate::logs::Event;

/// Puts events in the order of their times; those of the same time stay in the order of the logs.
pub(super) fn merge(mut entries: Vec<Event>) -> Vec<Step> {
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

/// Drops events that were read before, from a copy of a log for instance; says how many. The
/// first of those that are the same stays.
pub(super) fn drop_repeated(events: &mut Vec<Event>) -> u64 {
    let hasher = RandomState::new();
    let prints = events.iter().enumerate().filter(|(_, event)| event.time.is_some());
    let mut prints: Vec<(u64, usize)> =
        prints.map(|(at, event)| (hasher.hash_one((event.time, event.said())), at)).collect();
    prints.sort_unstable();
    let same = |one: usize, other: usize| match (events.get(one), events.get(other)) {
        (Some(one), Some(other)) => one.is_same(other),
        _ => false,
    };
    let mut repeated = Vec::new();
    for alike in prints.chunk_by(|one, other| one.0 == other.0) {
        for (at, (_, event)) in alike.iter().enumerate() {
            if alike.iter().take(at).any(|(_, earlier)| same(*earlier, *event)) {
                repeated.push(*event);
            }
        }
    }
    repeated.sort_unstable();
    let (mut at, mut next) = (0, repeated.iter().peekable());
    events.retain(|_| {
        let drop = next.next_if_eq(&&at).is_some();
        at += 1;
        !drop
    });
    repeated.len() as u64
}
