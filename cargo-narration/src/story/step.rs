//! One step of a story: an event at its place in the order of time.

use super::Outcome;
use crate::logs::{Event, Nanos};

/// One step of a story.
#[derive(Clone, Debug)]
pub struct Step {
    /// What happened.
    pub entry: Event,
    /// When, corrected where clocks were; a line without a time has that of the line before it.
    pub time: Nanos,
    /// Since the step before.
    pub gap: Nanos,
    /// The end it tells.
    pub outcome: Option<Outcome>,
}

impl Step {
    /// The step of an event.
    pub(super) fn new(entry: Event, time: Nanos) -> Self {
        let outcome = entry.outcome().and_then(Outcome::of);
        Self { entry, time, gap: 0, outcome }
    }

    /// Whether this step tells that something went wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self.outcome {
            Some(Outcome::Ok) | None => self.entry.level == narration_record::Level::Error,
            Some(_) => true,
        }
    }

    /// Whether the event itself tells an outcome, beyond what its name says.
    pub(super) fn says_how_it_ended(&self) -> bool {
        self.outcome.is_some() && self.entry.outcome().and_then(Outcome::of).is_some()
    }

    /// Whether the event itself says that it begins something.
    pub(super) fn says_it_began(&self) -> bool {
        self.entry.outcome() == Some("started")
    }

    /// How long what ends here took by its own word, in nanoseconds.
    pub(super) fn took(&self) -> Option<Nanos> {
        // Beyond 64 bits stands no duration.
        self.entry.number("duration_ms").map(|millis| (millis * 1e6) as Nanos)
    }
}

/// Puts steps in order and says how far each is from the one before.
pub(super) fn arrange(steps: &mut [Step]) {
    // The times nearly always tell, and the place has to be read.
    let place = |step: &Step| step.entry.place();
    steps.sort_unstable_by(|one, other| {
        one.time.cmp(&other.time).then_with(|| place(one).cmp(&place(other)))
    });
    let mut before = steps.first().map_or(0, |step| step.time);
    for step in steps {
        step.gap = step.time.saturating_sub(before);
        before = step.time;
    }
}
