//! What nobody told the end of: in go steps that belong to no outcome, out come the operations
//! that are still open.

use std::collections::{HashMap, HashSet};

use super::Operation;
use crate::story::{Step, Surroundings};

/// Finds the starts among the steps that are left. A step is a start where its action has had an
/// outcome elsewhere, or where it opens a span inside one of the same actor, as only
/// `#[narrated]` does.
pub(super) fn find(
    steps: &[Step],
    ended: &[Operation],
    taken: &[bool],
    surroundings: &Surroundings,
) -> Vec<Operation> {
    let known: HashSet<(&str, &str)> = ended
        .iter()
        .filter(|operation| operation.start.is_some())
        .map(|operation| (operation.actor.as_str(), operation.action.as_str()))
        .chain(surroundings.beginnings.keys().map(|(actor, action)| (&**actor, &**action)))
        .collect();
    let spans = Spans::of(steps);
    let deeds = steps.iter().map(|step| (step.entry.actor.as_str(), step.entry.action.as_str()));
    let last: HashMap<(&str, &str), usize> =
        deeds.enumerate().map(|(at, deed)| (deed, at)).collect();
    let mut open = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let entry = &step.entry;
        let begins = known.contains(&(entry.actor.as_str(), entry.action.as_str()))
            && !is_told(&last, at, step, surroundings);
        if !taken.get(at).copied().unwrap_or(true) && (begins || spans.opened_by(at, step)) {
            open.push(Operation {
                start: Some(at),
                end: None,
                actor: entry.actor.clone(),
                action: entry.action.clone(),
                from: step.time,
                to: None,
                outcome: None,
                span: entry.text("span_id").map(str::to_owned),
                parent: None,
            });
        }
    }
    open
}

/// Whether a later step of the same actor tells how it ended, by its action alone.
fn is_told(
    last: &HashMap<(&str, &str), usize>,
    at: usize,
    step: &Step,
    surroundings: &Surroundings,
) -> bool {
    let actor = step.entry.actor.as_str();
    let deed = (step.entry.actor.clone(), step.entry.action.clone());
    let ends = surroundings.beginnings.get(&deed).into_iter().flatten();
    ends.filter_map(|action| last.get(&(actor, action.as_str()))).any(|last| *last > at)
}

/// The spans of a story.
struct Spans<'a> {
    /// The first step in each, and whose it is.
    first: HashMap<&'a str, (usize, &'a str)>,
    /// Those with an outcome.
    ended: HashSet<&'a str>,
}

impl<'a> Spans<'a> {
    fn of(steps: &'a [Step]) -> Self {
        let mut spans = Self { first: HashMap::new(), ended: HashSet::new() };
        for (at, step) in steps.iter().enumerate() {
            if let Some(span) = step.entry.text("span_id") {
                spans.first.entry(span).or_insert((at, &step.entry.actor));
                if step.entry.outcome().is_some() {
                    spans.ended.insert(span);
                }
            }
        }
        spans
    }

    fn opened_by(&self, at: usize, step: &Step) -> bool {
        let entry = &step.entry;
        let (Some(span), Some(parent)) = (entry.text("span_id"), entry.text("parent_span_id"))
        else {
            return false;
        };
        let first = self.first.get(span).is_some_and(|(first, _)| *first == at);
        let inside = self.first.get(parent).is_some_and(|(_, actor)| *actor == entry.actor);
        first && inside && !self.ended.contains(span)
    }
}
