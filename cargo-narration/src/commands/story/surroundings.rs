//! What is known beside the lines of a story: in go logs and a vocabulary, out come until when
//! the logs were written, and which actions have outcomes.

use std::collections::HashMap;

use narration_taxonomy::Taxonomy;

use crate::logs::{Entry, Nanos, Sources, tail};
use crate::story::{self, Deed, Surroundings};

/// Looks at the ends of the logs and into the vocabulary.
pub(crate) fn find(
    sources: &Sources,
    known: &[Entry],
    vocabulary: Option<&Taxonomy>,
) -> Surroundings {
    let mut late = Vec::new();
    for (index, source) in sources.found.iter().enumerate() {
        late.extend(tail(u32::try_from(index).unwrap_or(u32::MAX), source));
    }
    let mut beginnings = story::beginnings(&late);
    beginnings.extend(vocabulary.map(declared).unwrap_or_default());
    let until = late.iter().chain(known).filter_map(|entry| entry.time).max();
    let left_out = late.iter().chain(known).filter_map(left_out).collect();
    Surroundings { until, beginnings, left_out, align: false }
}

/// What a service says it left out, as its own layer for sampling tells it.
fn left_out(entry: &Entry) -> Option<(Nanos, String, u64)> {
    let told = entry.target.as_deref() == Some("narration_runtime::sampling");
    let (actor, _) = entry.text("narration").filter(|_| told)?.split_once("::")?;
    // A count is far below what a float cannot hold.
    Some((entry.time?, actor.to_owned(), entry.number("suppressed")? as u64))
}

/// The actions that have an outcome by the vocabulary, and the actions that tell it.
fn declared(vocabulary: &Taxonomy) -> HashMap<Deed, Vec<String>> {
    let mut declared = HashMap::new();
    for actor in &vocabulary.actors {
        for action in &actor.actions {
            let ends = [&action.ok, &action.failed, &action.cancelled];
            let ends: Vec<String> =
                ends.into_iter().flatten().map(|name| name.value.clone()).collect();
            if !ends.is_empty() {
                declared.insert((actor.name.clone(), action.name.clone()), ends);
            }
        }
    }
    declared
}
