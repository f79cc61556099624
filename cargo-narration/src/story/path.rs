//! The critical path: in go steps and operations, out come pieces of time, one behind the other,
//! each with whoever the story was waiting for.
//!
//! The way goes backwards from the end: what ended last was waited for, and inside of it again
//! what ended last. Time inside no operation belongs to the step before it.

use std::sync::Arc;

use super::at::At;
use super::inside::Inside;
use super::{Operation, Step};
use crate::logs::{Nanos, Site};

/// Deeper than this, an operation's time is its own.
const DEEPEST: usize = 200;

/// A piece of time and who held the story up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The operation, if it was one.
    operation: Option<At>,
    /// The step before, if it was not.
    step: Option<At>,
    /// From when.
    pub from: Nanos,
    /// Until when.
    pub to: Nanos,
}

impl Piece {
    /// Whom the time belongs to: what lies before the first step, to that.
    pub(super) fn site<'a>(
        &self,
        steps: &'a [Step],
        operations: &'a [Operation],
    ) -> Option<&'a Arc<Site>> {
        let operation = self.operation.and_then(|at| operations.get(at.index()));
        let step = || self.step.and_then(|at| steps.get(at.index())).or(steps.first());
        operation.map(|one| &one.site).or_else(|| step().map(|step| step.entry.site()))
    }

    /// How long it is, in nanoseconds.
    #[must_use]
    pub fn length(&self) -> Nanos {
        self.to.saturating_sub(self.from)
    }
}

/// Finds the pieces from the first step to the end, in the order of time.
pub(super) fn find(steps: &[Step], operations: &[Operation], end: Nanos) -> Vec<Piece> {
    let Some(first) = steps.first() else { return Vec::new() };
    let begin = operations.iter().map(|one| one.from).min().unwrap_or(first.time).min(first.time);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); operations.len() + 1];
    for (at, operation) in operations.iter().enumerate() {
        // The last list is that of the story itself.
        let parent = operation.parent().unwrap_or(operations.len());
        if let Some(list) = children.get_mut(parent) {
            list.push(at);
        }
    }
    for list in &mut children {
        list.sort_by_key(|at| operations.get(*at).map(|one| one.to.unwrap_or(end)));
    }
    let mut paired = vec![false; steps.len()];
    for at in operations.iter().flat_map(|one| [one.start(), one.end()]).flatten() {
        if let Some(paired) = paired.get_mut(at) {
            *paired = true;
        }
    }
    let inside = Inside::of(steps, operations);
    let mut way = Way { steps, operations, inside, children, paired, end, pieces: Vec::new() };
    way.back(None, begin, end, 0);
    way.pieces.reverse();
    way.pieces
}

struct Way<'a> {
    steps: &'a [Step],
    operations: &'a [Operation],
    inside: Inside<'a>,
    children: Vec<Vec<usize>>,
    /// Which steps tell where operations begin and end.
    paired: Vec<bool>,
    end: Nanos,
    /// The last comes first.
    pieces: Vec<Piece>,
}

impl Way<'_> {
    fn back(&mut self, owner: Option<usize>, from: Nanos, to: Nanos, depth: usize) {
        let list = owner.unwrap_or(self.operations.len());
        let inside = self.children.get_mut(list).map(std::mem::take).unwrap_or_default();
        let mut until = to;
        for child in inside.into_iter().rev().filter(|_| depth < DEEPEST) {
            let Some(operation) = self.operations.get(child) else { continue };
            let ended = operation.to.unwrap_or(self.end).min(until);
            let began = operation.from.max(from);
            if began >= until || ended <= from || began >= ended {
                continue;
            }
            self.own(owner, ended, until);
            self.back(Some(child), began, ended, depth + 1);
            until = began;
        }
        self.own(owner, from, until);
    }

    /// Time without an operation inside. What other services tell in it beside their operations is
    /// what was waited for, unless they tell it in another operation; outside of every operation
    /// each step is.
    fn own(&mut self, owner: Option<usize>, from: Nanos, to: Nanos) {
        let actor = owner.and_then(|owner| self.operations.get(owner)).map(|one| &one.actor);
        let first = self.steps.partition_point(|step| step.time < from);
        let last = self.steps.partition_point(|step| step.time < to);
        let mut until = to;
        for at in (first..last).rev() {
            let Some(step) = self.steps.get(at) else { continue };
            let other =
                actor != Some(&step.entry.actor) && !self.paired.get(at).copied().unwrap_or(false);
            let elsewhere = |owner| self.inside.is_elsewhere(step, owner);
            let cut = owner.is_none_or(|owner| other && !elsewhere(owner));
            if cut && step.time < until {
                self.push(None, Some(at), step.time, until);
                until = step.time;
            }
        }
        let before = first.checked_sub(1).filter(|_| owner.is_none());
        self.push(owner, before, from, until);
    }

    fn push(&mut self, operation: Option<usize>, step: Option<usize>, from: Nanos, to: Nanos) {
        if to > from {
            let (operation, step) = (operation.and_then(At::of), step.and_then(At::of));
            self.pieces.push(Piece { operation, step, from, to });
        }
    }
}
