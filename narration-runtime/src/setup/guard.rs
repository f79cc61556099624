//! What a service holds while it narrates.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::destination::Destination;
use super::error::SetupError;

/// Keeps narration going; dropped at the end of `main`, it hands on what is
/// still held back.
#[must_use = "narration ends where the guard is dropped: bind it with `let _narration = …`"]
pub struct Guard {
    pub(super) destination: Destination,
    pub(super) lost: Arc<AtomicU64>,
    pub(super) faults: Vec<SetupError>,
}

impl Guard {
    /// What was wrong with the set-up. Each fault was narrated, too.
    #[must_use]
    pub fn faults(&self) -> &[SetupError] {
        &self.faults
    }

    /// How many lines could not be written so far.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.destination.flush().is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}
