//! Clocks that contradict cause and effect: in go steps, out come the same steps with every
//! service's times moved by as little as makes sense of them, and by how much.

use std::collections::BTreeMap;

use super::causes::edges;
use super::step::arrange;
use super::{Operation, Step};
use crate::logs::Nanos;

/// The clock of a record counts microseconds: a cause is at least one before its effect.
const TICK: Nanos = 1_000;

/// By how much a service's clock was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Whose clock.
    pub actor: String,
    /// Added to its times, in nanoseconds.
    pub by: Nanos,
}

/// Moves times until no effect comes before its cause. A clock that is right stays as it is: the
/// one of the service the story begins with is taken for right.
pub(super) fn align(steps: &mut [Step], operations: &[Operation]) -> Vec<Correction> {
    // How much later each service must be than another for their steps to make sense.
    let mut bounds: BTreeMap<(String, String), Nanos> = BTreeMap::new();
    for edge in edges(steps, operations) {
        let (Some(cause), Some(effect)) = (steps.get(edge.cause), steps.get(edge.effect)) else {
            continue;
        };
        if cause.entry.actor != effect.entry.actor {
            let late = cause.time.saturating_sub(effect.time);
            let pair = (cause.entry.actor.clone(), effect.entry.actor.clone());
            let bound = bounds.entry(pair).or_insert(late);
            *bound = late.max(*bound);
        }
    }
    let mut moved: BTreeMap<String, Nanos> = BTreeMap::new();
    // Each round settles at least one service further from the first.
    for _ in 0..=bounds.len() {
        let mut changed = false;
        for ((cause, effect), bound) in &bounds {
            let wanted = moved.get(cause).copied().unwrap_or(0).saturating_add(*bound);
            let now = moved.get(effect).copied().unwrap_or(0);
            if wanted > now {
                moved.insert(effect.clone(), wanted.saturating_add(TICK));
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for step in steps.iter_mut() {
        let by = moved.get(&step.entry.actor).copied().unwrap_or(0);
        step.time = step.time.saturating_add(by);
    }
    arrange(steps);
    moved.into_iter().map(|(actor, by)| Correction { actor, by }).collect()
}
