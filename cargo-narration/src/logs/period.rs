//! A time: in goes when something happened, out comes whether that is within it.

use super::Nanos;

/// From when until when, both included; without limits it is all time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// What is older is left out.
    pub since: Option<Nanos>,
    /// What is later is left out.
    pub until: Option<Nanos>,
}

impl Period {
    /// Whether a time is within it. What has no time is never left out.
    #[must_use]
    pub fn has(&self, time: Option<Nanos>) -> bool {
        let Some(time) = time else { return true };
        self.since.is_none_or(|since| time >= since) && self.until.is_none_or(|until| time <= until)
    }
}
