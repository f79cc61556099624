//! The ways between services: in go steps and operations, out comes the longest of them.
//!
//! A hop is the time from one service's step to the next service's. Where the first service was
//! at work in between, and the other only tells that it gave up or had ended what it began
//! before, that time is work and no way; nor is it one where the other ends what it had begun
//! before and the first was busy with something else.

use std::collections::HashMap;

use super::inside::Inside;
use super::{Operation, Step};
use crate::logs::Nanos;

/// From one service to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The step before.
    pub from: usize,
    /// The step of the other service.
    pub to: usize,
    /// How long it took, in nanoseconds.
    pub time: Nanos,
}

/// Whether two steps were told in one span, which no two services share.
fn in_one_span(one: &Step, other: &Step) -> bool {
    let span = |step: &Step| step.entry.text("span_id").map(str::to_owned);
    span(one).is_some() && span(one) == span(other)
}

/// Finds the longest; of several that took the same time the first.
pub(super) fn slowest(steps: &[Step], operations: &[Operation]) -> Option<Hop> {
    let inside = Inside::of(steps, operations);
    let mut ends: HashMap<usize, (usize, &Operation)> = HashMap::new();
    let mut starts: HashMap<usize, &Operation> = HashMap::new();
    for (at, operation) in operations.iter().enumerate() {
        operation.start.map(|start| starts.insert(start, operation));
        operation.end.map(|end| ends.insert(end, (at, operation)));
    }
    // The operation that a service was last heard to begin and is still at work on.
    let mut working: HashMap<&str, &Operation> = HashMap::new();
    let mut slowest: Option<Hop> = None;
    for (to, step) in steps.iter().enumerate() {
        let from = to.checked_sub(1).and_then(|from| Some((from, steps.get(from)?)));
        let apart = |one: &Step| one.entry.actor != step.entry.actor && !in_one_span(one, step);
        if let Some((from, before)) = from.filter(|(_, one)| apart(one)) {
            let work = working.get(before.entry.actor.as_str()).copied();
            let goes_on = |work: &&Operation| work.to.is_none_or(|ended| ended > step.time);
            let ended = ends.get(&to).filter(|(_, ended)| ended.start.is_some_and(|at| at < from));
            let is_work = ended.is_some_and(|(at, ended)| {
                work.filter(goes_on).is_some_and(|work| ended.from < work.from)
                    || inside.is_elsewhere(before, *at)
            });
            if !is_work && slowest.as_ref().is_none_or(|known| step.gap > known.time) {
                slowest = Some(Hop { from, to, time: step.gap });
            }
        }
        if let Some(begun) = starts.get(&to) {
            working.insert(&step.entry.actor, begun);
        }
    }
    slowest
}
