//! One step of a story: an event at its place in the order of time.

use crate::logs::{Entry, Nanos};

/// One step of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What happened.
    pub entry: Entry,
    /// When, corrected where clocks were; a line without a time has that of the line before it.
    pub time: Nanos,
    /// Since the step before.
    pub gap: Nanos,
}

impl Step {
    /// Whether this step tells that something went wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self.entry.outcome() {
            Some("failed" | "panicked" | "cancelled") => true,
            _ => self.entry.level == narration_record::Level::Error,
        }
    }
}

/// Puts steps in order and says how far each is from the one before.
pub(super) fn arrange(steps: &mut [Step]) {
    steps.sort_by_key(|step| (step.time, step.entry.place));
    let mut before = steps.first().map_or(0, |step| step.time);
    for step in steps {
        step.gap = step.time.saturating_sub(before);
        before = step.time;
    }
}
