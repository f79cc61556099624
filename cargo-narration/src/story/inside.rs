//! What is known of where a step was told: in go a step and an operation, out comes whether the
//! step's own span says that it was told elsewhere.
//!
//! Operations that run at the same time have nothing to do with what is told in each other's
//! time. Without spans nobody knows, and time alone speaks.

use std::collections::HashMap;
use std::iter::successors;

use super::{Operation, Step};

/// Further out than this nobody looks for what is around an operation.
const DEEPEST: usize = 200;

/// The operations of a story by their spans.
pub(super) struct Inside<'a> {
    steps: &'a [Step],
    operations: &'a [Operation],
    /// The first operation in each span.
    by_span: HashMap<&'a str, usize>,
}

impl<'a> Inside<'a> {
    pub(super) fn of(steps: &'a [Step], operations: &'a [Operation]) -> Self {
        let mut by_span = HashMap::new();
        for (at, operation) in operations.iter().enumerate() {
            if let Some(span) = operation.span(steps) {
                by_span.entry(span).or_insert(at);
            }
        }
        Self { steps, operations, by_span }
    }

    /// Whether a step's span is known to be neither an operation's own nor one inside of it.
    pub(super) fn is_elsewhere(&self, step: &Step, operation: usize) -> bool {
        let spans = [step.entry.text("span_id"), step.entry.text("parent_span_id")];
        let known = |span: &str| self.by_span.get_key_value(span);
        let Some((span, told_in)) = spans.into_iter().flatten().find_map(known) else {
            return false;
        };
        let own = self.operations.get(operation).and_then(|one| one.span(self.steps));
        let around = |at: &usize| self.operations.get(*at).and_then(Operation::parent);
        // Of an operation without a span nobody knows what is inside of it.
        own.is_some_and(|own| own != *span)
            && successors(Some(*told_in), around).take(DEEPEST).all(|one| one != operation)
    }
}
