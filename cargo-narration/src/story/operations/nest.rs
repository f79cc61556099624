//! Which operation is inside which: by their spans; where there are none, by their times.

use std::collections::HashMap;
use std::iter::successors;

use super::Operation;
use crate::logs::Nanos;
use crate::story::Step;
use crate::story::at::At;

/// Further out than this nobody looks for what is around an operation.
const DEEPEST: usize = 200;

/// Gives every operation its parent. Operations come in the order of beginning, the longer first.
pub(super) fn nest(steps: &[Step], operations: &mut [Operation]) {
    let parents = Nest::of(steps, operations).parents();
    for (operation, parent) in operations.iter_mut().zip(parents) {
        operation.parent = parent.and_then(At::of);
    }
}

struct Nest<'a> {
    steps: &'a [Step],
    operations: &'a [Operation],
    /// The first operation in each span.
    by_span: HashMap<&'a str, usize>,
    /// The span around each operation's own.
    above: Vec<Option<&'a str>>,
    /// The innermost operation around each, by their times.
    around: Vec<Option<usize>>,
}

impl<'a> Nest<'a> {
    fn of(steps: &'a [Step], operations: &'a [Operation]) -> Self {
        let mut by_span = HashMap::new();
        for (at, operation) in operations.iter().enumerate() {
            if let Some(span) = operation.span(steps) {
                by_span.entry(span).or_insert(at);
            }
        }
        let told = |one: &Operation| steps.get(one.told()?);
        let above = |one| told(one)?.entry.text("parent_span_id");
        let above = operations.iter().map(above).collect();
        Self { steps, operations, by_span, above, around: by_time(operations) }
    }

    fn parents(&self) -> Vec<Option<usize>> {
        (0..self.operations.len()).map(|at| self.parent(at)).collect()
    }

    fn parent(&self, at: usize) -> Option<usize> {
        let own = self.operations.get(at)?;
        let above = self.above(at);
        // Two operations in one span: the one is inside the other if it is so by time.
        let in_span = |span: Option<&str>| {
            span.and_then(|span| self.outwards(at).find(|one| self.span(*one) == Some(span)))
        };
        let first_in = |span: Option<&str>| {
            span.and_then(|span| self.by_span.get(span)).copied().filter(|first| *first < at)
        };
        let span = own.span(self.steps);
        in_span(span)
            .or_else(|| first_in(span).filter(|_| own.is_open()))
            .or_else(|| in_span(above))
            .or_else(|| first_in(above))
            .or_else(|| self.outwards(at).find(|one| !self.is_beside(*one, above)))
    }

    /// What is around an operation by time, from the inside out.
    fn outwards(&self, at: usize) -> impl Iterator<Item = usize> {
        let around = |at: &usize| self.around.get(*at).copied().flatten();
        successors(around(&at), around).take(DEEPEST)
    }

    /// Whether an operation is a sibling of one that has this span above its own.
    fn is_beside(&self, other: usize, above: Option<&str>) -> bool {
        above.is_some() && self.above(other) == above
    }

    fn above(&self, at: usize) -> Option<&'a str> {
        self.above.get(at).copied().flatten()
    }

    fn span(&self, at: usize) -> Option<&'a str> {
        self.operations.get(at)?.span(self.steps)
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
