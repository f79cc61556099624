//! Which operation is inside which: by their spans; where there are none, by their times.

use std::collections::HashMap;

use super::Operation;
use crate::logs::Nanos;
use crate::story::Step;

/// Gives every operation its parent. Operations come in the order of beginning, the longer first.
pub(super) fn nest(steps: &[Step], operations: &mut [Operation]) {
    let mut by_span: HashMap<String, usize> = HashMap::new();
    for (at, operation) in operations.iter().enumerate() {
        if let Some(span) = &operation.span {
            by_span.entry(span.clone()).or_insert(at);
        }
    }
    let around = by_time(operations);
    for at in 0..operations.len() {
        let operation = &operations[at];
        let told = operation.start.or(operation.end).and_then(|step| steps.get(step));
        let above = told.and_then(|step| step.entry.text("parent_span_id"));
        let span = above.and_then(|span| by_span.get(span)).copied();
        let same = operation.span.as_ref().and_then(|span| by_span.get(span)).copied();
        // Two operations in one span: the later is inside the earlier.
        let parent = same.filter(|same| *same < at).or(span).filter(|parent| *parent < at);
        operations[at].parent = parent.or(around[at]);
    }
}

/// The innermost operation around each, by their times.
fn by_time(operations: &[Operation]) -> Vec<Option<usize>> {
    let end =
        |at: &usize| operations.get(*at).map_or(Nanos::MIN, |one| one.to.unwrap_or(Nanos::MAX));
    let mut around = Vec::with_capacity(operations.len());
    let mut stack: Vec<usize> = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        while stack.last().is_some_and(|last| end(last) < operation.to.unwrap_or(Nanos::MAX)) {
            stack.pop();
        }
        around.push(stack.last().copied());
        stack.push(at);
    }
    around
}
