//! What began and how it ended: in go steps, out come operations with both ends where both were
//! told.
//!
//! `#[narrated]` tells a start, and later one outcome with `outcome` and `duration_ms`, often
//! under another action's name. The two find each other by their span; where there is none, by
//! the actor and by arithmetic: the outcome's time less its duration is the time of the start.

mod nest;
mod open;
mod pair;

use super::{Step, Surroundings};
use crate::logs::Nanos;

/// Something with a beginning and, if all went well, an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The step that tells the start.
    pub start: Option<usize>,
    /// The step that tells the outcome.
    pub end: Option<usize>,
    /// Who.
    pub actor: String,
    /// What: the start's action, else the outcome's.
    pub action: String,
    /// When it began.
    pub from: Nanos,
    /// When it ended, if it did.
    pub to: Option<Nanos>,
    /// `ok`, `failed`, `cancelled` or `panicked`.
    pub outcome: Option<String>,
    /// The span it ran in.
    pub span: Option<String>,
    /// The operation around it.
    pub parent: Option<usize>,
}

impl Operation {
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
}

/// Finds the operations of a story, in the order of beginning.
pub(super) fn find(steps: &[Step], surroundings: &Surroundings) -> Vec<Operation> {
    let (mut operations, paired) = pair::pair(steps);
    operations.extend(open::find(steps, &operations, &paired, surroundings));
    operations.sort_by_key(|operation| {
        (operation.from, std::cmp::Reverse(operation.to), operation.start)
    });
    nest::nest(steps, &mut operations);
    operations
}
