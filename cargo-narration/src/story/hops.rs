//! The ways between services: in go steps and operations, out comes the longest of them.
//!
//! A hop is the time from one service's step to the next service's. Where the first service was
//! at work in between, and the other only tells that it gave up or had ended what it began
//! before, that time is work and no way; nor is it one where the other ends what it had begun
//! before and the first was busy with something else.

use std::collections::HashMap;

use super::at::At;
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

/// The place of the operation that each step is the start of, or the end.
fn by_step(
    steps: &[Step],
    operations: &[Operation],
    told: impl Fn(&Operation) -> Option<usize>,
) -> Vec<Option<At>> {
    let mut found = vec![None; steps.len()];
    for (at, operation) in operations.iter().enumerate() {
        if let Some(place) = told(operation).and_then(|step| found.get_mut(step)) {
            *place = At::of(at);
        }
    }
    found
}

/// Finds the longest; of several that took the same time the first.
pub(super) fn slowest(steps: &[Step], operations: &[Operation]) -> Option<Hop> {
    let inside = Inside::of(steps, operations);
    let starts = by_step(steps, operations, Operation::start);
    let ends = by_step(steps, operations, Operation::end);
    let told_at = |list: &[Option<At>], step: usize| {
        let at = list.get(step).copied().flatten()?.index();
        Some((at, operations.get(at)?))
    };
    // The operation that a service was last heard to begin and is still at work on.
    let mut working: HashMap<&str, &Operation> = HashMap::new();
    let mut slowest: Option<Hop> = None;
    for (to, step) in steps.iter().enumerate() {
        let from = to.checked_sub(1).and_then(|from| Some((from, steps.get(from)?)));
        let apart = |one: &Step| one.entry.actor != step.entry.actor && !in_one_span(one, step);
        if let Some((from, before)) = from.filter(|(_, one)| apart(one)) {
            let work = working.get(before.entry.actor.as_str()).copied();
            let goes_on = |work: &&Operation| work.to.is_none_or(|ended| ended > step.time);
            let began_before = |one: &Operation| one.start().is_some_and(|at| at < from);
            let ended = told_at(&ends, to).filter(|(_, ended)| began_before(ended));
            let is_work = ended.is_some_and(|(at, ended)| {
                work.filter(goes_on).is_some_and(|work| ended.from < work.from)
                    || inside.is_elsewhere(before, at)
            });
            if !is_work && slowest.as_ref().is_none_or(|known| step.gap > known.time) {
                slowest = Some(Hop { from, to, time: step.gap });
            }
        }
        if let Some((_, begun)) = told_at(&starts, to) {
            working.insert(&step.entry.actor, begun);
        }
    }
    slowest
}
