//! What is known beside the lines of a story: in go logs and a vocabulary, out come until when
//! the logs were written, and which actions have outcomes.

use narration_taxonomy::Taxonomy;

use crate::logs::{Event, Nanos, Sources};
use crate::story::{self, Ends, Habits, Surroundings};

/// Looks at the ends of the logs and into the vocabulary.
pub(crate) fn find(
    sources: &Sources,
    known: &[Event],
    vocabulary: Option<&Taxonomy>,
) -> Surroundings {
    let late = sources.ends();
    let mut habits = vocabulary.map(declared).unwrap_or_default();
    story::learn(&mut habits, &late);
    let until = late.iter().chain(known).filter_map(|entry| entry.time()).max();
    let left_out = late.iter().chain(known).filter_map(left_out).collect();
    Surroundings { until, habits, left_out, align: false }
}

/// What a service says it left out, as its own layer for sampling tells it.
fn left_out(entry: &Event) -> Option<(Nanos, String, u64)> {
    let told = entry.target() == Some("narration_runtime::sampling");
    let (actor, _) = entry.text("narration").filter(|_| told)?.split_once("::")?;
    // A count is far below what a float cannot hold.
    Some((entry.time()?, actor.to_owned(), entry.number("suppressed")? as u64))
}

/// What the vocabulary says of the ends of its actions.
fn declared(vocabulary: &Taxonomy) -> Habits {
    let mut habits = Habits::default();
    for actor in &vocabulary.actors {
        for action in &actor.actions {
            let [ok, failed, cancelled] = [&action.ok, &action.failed, &action.cancelled]
                .map(|end| end.as_ref().map(|end| end.value.clone()));
            let ends = Ends { ok, failed, cancelled, seen: false };
            habits.declare(&actor.name, &action.name, ends);
        }
    }
    habits
}
