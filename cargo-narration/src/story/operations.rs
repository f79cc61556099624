//! What began and how it ended: in go steps, out come operations with both ends where both were
//! told.
//!
//! `#[narrated]` tells a start, and later one outcome with `outcome` and `duration_ms`, often
//! under another action's name; by hand an outcome may be told without either. `pair` says by
//! which evidence the two find each other, `open` which starts are left, and `nest` what is
//! inside what.

mod candidates;
mod nest;
mod open;
mod pair;
mod relation;

use std::ops::Deref;
use std::sync::Arc;

use super::at::At;
use super::{Habits, Outcome, Step};
use crate::logs::{Nanos, Site};

/// Something with a beginning and, if all went well, an end. A story may have half a million: who
/// did what is held once, with the step that tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Where who did what is told: at the start, else at the outcome.
    pub site: Arc<Site>,
    /// When it began.
    pub from: Nanos,
    /// When it ended, if it did.
    pub to: Option<Nanos>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Whether nothing but their times says that start and end belong together.
    pub guessed: bool,
    start: Option<At>,
    end: Option<At>,
    parent: Option<At>,
}

impl Deref for Operation {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Operation {
    /// The step that tells the start.
    #[must_use]
    pub fn start(&self) -> Option<usize> {
        self.start.map(At::index)
    }

    /// The step that tells the outcome.
    #[must_use]
    pub fn end(&self) -> Option<usize> {
        self.end.map(At::index)
    }

    /// The operation around it.
    #[must_use]
    pub fn parent(&self) -> Option<usize> {
        self.parent.map(At::index)
    }

    /// The step that tells most of it: its start, else its outcome.
    #[must_use]
    pub fn told(&self) -> Option<usize> {
        self.start().or(self.end())
    }

    /// The span it ran in.
    pub(super) fn span<'a>(&self, steps: &'a [Step]) -> Option<&'a str> {
        steps.get(self.told()?)?.entry.text("span_id")
    }

    /// Whether nobody told how it ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.to.is_none()
    }

    /// How long it took, in nanoseconds.
    #[must_use]
    pub fn duration(&self) -> Option<Nanos> {
        self.to.map(|to| to.saturating_sub(self.from))
    }

    /// Whether the same action, wherever else it is told, begins something that is told to end:
    /// here it ended well, or after a time that was measured. A failure alone proves nothing:
    /// it may be told by hand where success is not.
    pub(super) fn proves_a_start(&self, steps: &[Step]) -> bool {
        let end = self.end().and_then(|at| steps.get(at)).filter(|_| self.start.is_some());
        end.is_some_and(|end| end.outcome == Some(Outcome::Ok) || end.took().is_some())
    }
}

/// Finds the operations of a story, in the order of beginning.
pub(super) fn find(steps: &[Step], habits: &Habits) -> Vec<Operation> {
    let (mut operations, taken) = pair::pair(steps, habits);
    operations.extend(open::find(steps, &operations, &taken, habits));
    operations.sort_by_key(|operation| {
        (operation.from, std::cmp::Reverse(operation.to.unwrap_or(Nanos::MAX)), operation.start)
    });
    nest::nest(steps, &mut operations);
    operations
}

/// The closest operation around an open one that has ended all the same.
pub(super) fn outlived<'a>(
    operations: &'a [Operation],
    operation: &Operation,
) -> Option<&'a Operation> {
    let parent = |one: &&'a Operation| operations.get(one.parent()?);
    let first = operations.get(operation.parent()?);
    std::iter::successors(first, parent).find(|around| !around.is_open())
}
