//! Cause and effect: in go steps and operations, out come the places where the clocks say
//! otherwise. The order that is shown stays that of the clocks.

use std::collections::HashMap;

use super::{Operation, Step};
use crate::logs::Nanos;

/// How far back a log may go without a clock being set: threads race for the file.
const RACE: Nanos = 1_000_000_000;

/// A step that stands before what caused it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The step that is too early.
    pub effect: usize,
    /// The step that caused it.
    pub cause: usize,
    /// By how much, in nanoseconds.
    pub by: Nanos,
    /// Whether one clock went back, instead of two being apart.
    pub same_clock: bool,
}

/// A cause and its effect, as steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) cause: usize,
    pub(super) effect: usize,
}

/// Finds every contradiction, in the order of the steps that are too early.
pub(super) fn find(steps: &[Step], operations: &[Operation]) -> Vec<Contradiction> {
    let mut found: Vec<Contradiction> = edges(steps, operations)
        .into_iter()
        .filter_map(|Edge { cause, effect }| {
            let by = steps.get(cause)?.time.saturating_sub(steps.get(effect)?.time);
            (by > 0).then_some(Contradiction { effect, cause, by, same_clock: false })
        })
        .chain(set_back(steps))
        .collect();
    found.sort_by_key(|one| (one.effect, std::cmp::Reverse(one.by)));
    found.dedup_by_key(|one| one.effect);
    found
}

/// What the spans say: nothing in a span happens before the operation around it began, and
/// nothing of an awaited call after it ended.
pub(super) fn edges(steps: &[Step], operations: &[Operation]) -> Vec<Edge> {
    // Whoever speaks first in a span opened it; what is begun later in it causes none of the rest.
    let mut opened: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        if let Some(span) = step.entry.text("span_id") {
            opened.entry((span, &step.entry.actor)).or_insert(at);
        }
    }
    let mut starts: HashMap<&str, usize> = HashMap::new();
    for operation in operations {
        if let (Some(span), Some(start)) = (operation.span(steps), operation.start())
            && opened.get(&(span, operation.actor.as_str())) == Some(&start)
        {
            starts.entry(span).or_insert(start);
        }
    }
    let above = |step: &Step| {
        let own = step.entry.text("span_id").and_then(|span| starts.get(span));
        let parent = step.entry.text("parent_span_id").and_then(|span| starts.get(span));
        own.into_iter().chain(parent).copied().collect::<Vec<_>>()
    };
    let edges = steps.iter().enumerate().flat_map(|(effect, step)| {
        above(step)
            .into_iter()
            .filter(move |cause| *cause != effect)
            .map(move |cause| Edge { cause, effect })
    });
    edges.collect()
}

/// Lines of one writer that stand behind a line with a much later time.
fn set_back(steps: &[Step]) -> Vec<Contradiction> {
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|at| steps.get(*at).map(|step| step.entry.place()));
    let mut latest: HashMap<(u32, &str), usize> = HashMap::new();
    let mut found = Vec::new();
    for at in order {
        let Some(step) = steps.get(at).filter(|step| step.entry.time().is_some()) else { continue };
        let writer = (step.entry.place().source, step.entry.actor.as_str());
        let before = latest.get(&writer).and_then(|before| Some((*before, steps.get(*before)?)));
        match before {
            Some((cause, before)) if before.time > step.time => {
                let by = before.time.saturating_sub(step.time);
                if by > RACE {
                    found.push(Contradiction { effect: at, cause, by, same_clock: true });
                }
            }
            _ => {
                latest.insert(writer, at);
            }
        }
    }
    found
}
