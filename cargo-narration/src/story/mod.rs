//! The story of a request: in go logs and an id, out comes what happened, step by step, and where
//! the time went.
//!
//! `select` finds the lines, `merge` puts them in order, `habits` knows which actions tell their
//! ends, `operations` pairs starts with their outcomes, `causes` finds what contradicts cause and effect and `align` corrects it, `path` says
//! who held the request up at each moment, and `totals` adds it up.

mod align;
mod around;
mod at;
mod brief;
mod causes;
mod compare;
mod habits;
mod hops;
mod inside;
mod links;
mod merge;
mod near;
mod operations;
mod outcome;
mod path;
mod select;
mod step;
mod survey;
mod totals;

pub use align::Correction;
pub use around::{Around, MOST_AROUND, around};
pub use brief::Brief;
pub use causes::Contradiction;
pub use compare::{Beside, Comparison, compare, entry};
pub use habits::{Ends, Habits};
pub use hops::Hop;
pub use links::{Finding, Kind, links};
pub use near::{Near, RECENT, near};
pub use operations::Operation;
pub use outcome::Outcome;
pub use path::Piece;
pub use select::{Selection, gather, join_traces, select};
pub use step::Step;
pub use survey::{Gather, Key, Survey, Without, survey};
pub(crate) use totals::deed;
pub use totals::{Ending, Share, Totals};

use crate::logs::{Event, Nanos};

/// An actor and one of its actions.
pub type Deed = (String, String);

/// What is known beside the lines of the story.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Until when the logs were written.
    pub until: Option<Nanos>,
    /// Which actions tell their ends, and how.
    pub habits: Habits,
    /// What services left out by their own sampling: when they said so, who, and how many events.
    pub left_out: Vec<(Nanos, String, u64)>,
    /// Whether clocks that contradict cause and effect are corrected.
    pub align: bool,
}

/// The story of one id.
#[derive(Clone, Debug)]
pub struct Story {
    /// The steps in the order of their times.
    pub steps: Vec<Step>,
    /// What began and ended, in the order of beginning.
    pub operations: Vec<Operation>,
    /// Where the order contradicts cause and effect.
    pub contradictions: Vec<Contradiction>,
    /// By how much clocks were corrected.
    pub corrections: Vec<Correction>,
    /// Who held the story up from moment to moment, without a hole from its beginning to its end.
    pub path: Vec<Piece>,
    /// Where the time went.
    pub totals: Totals,
}

impl Story {
    /// Tells the story of these events.
    #[must_use]
    pub fn tell(entries: Vec<Event>, surroundings: &Surroundings) -> Self {
        let mut steps = merge::merge(entries);
        habits::mark(&mut steps, &surroundings.habits);
        let mut operations = operations::find(&steps, &surroundings.habits);
        let mut contradictions = causes::find(&steps, &operations);
        let mut corrections = Vec::new();
        if surroundings.align {
            corrections = align::align(&mut steps, &operations);
            if !corrections.is_empty() {
                operations = operations::find(&steps, &surroundings.habits);
                contradictions = causes::find(&steps, &operations);
            }
        }
        let ending = totals::ending(&steps, &operations);
        let last = steps.last().map_or(0, |step| step.time);
        let until = surroundings.until.map_or(last, |until| until.max(last));
        // A story ends with its last step; one that is open goes on while the logs do.
        let end = if ending == Ending::Open { until } else { last };
        let path = path::find(&steps, &operations, end);
        let mut totals = totals::add_up(&steps, &operations, &path, ending, end, until);
        totals.left_out += left_out(&steps, &totals, surroundings);
        Self { steps, operations, contradictions, corrections, path, totals }
    }

    /// How long nobody has told the end of an operation, in nanoseconds.
    #[must_use]
    pub fn waited(&self, operation: &Operation) -> Nanos {
        self.totals.until.saturating_sub(operation.from)
    }

    /// The operation around an open one that has ended all the same.
    #[must_use]
    pub fn outlived(&self, operation: &Operation) -> Option<&Operation> {
        operations::outlived(&self.operations, operation)
    }
}

/// Services count what they leave out and tell it at intervals, whichever story it belongs to.
fn left_out(steps: &[Step], totals: &Totals, surroundings: &Surroundings) -> u64 {
    const INTERVAL: Nanos = 60_000_000_000;
    let told = &surroundings.left_out;
    let near = |time: Nanos| time >= totals.begin && time <= totals.end.saturating_add(INTERVAL);
    let here = |actor: &str| steps.iter().any(|step| step.entry.actor == actor);
    told.iter().filter(|(time, actor, _)| near(*time) && here(actor)).map(|told| told.2).sum()
}

/// Learns from events, of whatever requests, which actions tell their ends.
pub fn learn(habits: &mut Habits, entries: &[Event]) {
    let mut steps = merge::merge(entries.to_vec());
    habits::mark(&mut steps, habits);
    let operations = operations::find(&steps, habits);
    habits::learn(habits, &steps, &operations);
}

#[cfg(test)]
mod tests;
