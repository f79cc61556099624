//! One order out of many logs: in go events as they were found, out come steps by time, each
//! event once.

use std::hash::{BuildHasher as _, RandomState};

use super::Step;
use super::step::arrange;
use crate::logs::{Event, Nanos};

/// Puts events in the order of their times; those of the same time stay in the order of the logs.
pub(super) fn merge(mut entries: Vec<Event>) -> Vec<Step> {
    if !entries.is_sorted_by_key(|entry| entry.place()) {
        entries.sort_unstable_by_key(|entry| entry.place());
    }
    let mut times = times(&entries);
    let mut steps = Vec::with_capacity(entries.len());
    // From the end on, so that what is a step by now takes no room as an event any more.
    while let Some((entry, time)) = entries.pop().zip(times.pop()) {
        steps.push(Step::new(entry, time));
        if entries.len() < entries.capacity() / 2 {
            entries.shrink_to_fit();
        }
    }
    arrange(&mut steps);
    steps
}

/// When events happened that are in the order of the logs: a line without a time came after the one
/// above it in the same log, and the first ones of a log when the story began.
fn times(entries: &[Event]) -> Vec<Nanos> {
    let begin = entries.iter().filter_map(Event::time).min().unwrap_or(0);
    let (mut source, mut latest) = (None, begin);
    let after = |entry: &Event| {
        if source.replace(entry.place().source) != Some(entry.place().source) {
            latest = begin;
        }
        latest = entry.time().unwrap_or(latest);
        latest
    };
    entries.iter().map(after).collect()
}

/// Drops events that were read before, from a copy of a log for instance; says how many. The
/// first of those that are the same stays.
pub(super) fn drop_repeated(events: &mut Vec<Event>) -> u64 {
    let hasher = RandomState::new();
    let prints = events.iter().enumerate().filter(|(_, event)| event.time().is_some());
    let mut prints: Vec<(u64, usize)> =
        prints.map(|(at, event)| (hasher.hash_one((event.time(), event.said())), at)).collect();
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
