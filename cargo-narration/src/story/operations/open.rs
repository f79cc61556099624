//! What nobody told the end of: in go steps that belong to no outcome, out come the operations
//! that are still open.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Operation;
use crate::story::at::At;
use crate::story::{Habits, Step};

/// Finds the starts among the steps that are left. Most steps tell that something happened and
/// begin nothing; a step begins something where
///
/// - its action tells its end by the vocabulary, or did so in another request or in this one,
/// - it says so itself, and its actor tells how what it began ends,
/// - it opens a span inside one of the same actor that is not over, as only `#[narrated]` does.
pub(super) fn find(
    steps: &[Step],
    ended: &[Operation],
    taken: &[bool],
    habits: &Habits,
) -> Vec<Operation> {
    let seen: HashSet<(&str, &str)> = ended
        .iter()
        .filter(|operation| operation.proves_a_start(steps) && !operation.guessed)
        .map(|operation| (operation.actor.as_str(), operation.action.as_str()))
        .collect();
    let tell_ends: HashSet<&str> = seen.iter().map(|(actor, _)| *actor).collect();
    let spans = Spans::of(steps);
    let begins = |at: usize, step: &Step| {
        let (actor, action) = (step.entry.actor.as_str(), step.entry.action.as_str());
        habits.tells_its_end(actor, action)
            || seen.contains(&(actor, action))
            || step.says_it_began() && tell_ends.contains(actor)
            || spans.opened_by(at, step)
    };
    let left = steps.iter().enumerate().filter(|(at, step)| {
        step.outcome.is_none() && taken.get(*at).is_some_and(|taken| !taken) && begins(*at, step)
    });
    left.map(|(at, step)| Operation {
        start: At::of(at),
        end: None,
        site: Arc::clone(step.entry.site()),
        from: step.time,
        to: None,
        outcome: None,
        parent: None,
        guessed: false,
    })
    .collect()
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
                if step.outcome.is_some() {
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
        first && inside && !self.ended.contains(span) && !self.ended.contains(parent)
    }
}
