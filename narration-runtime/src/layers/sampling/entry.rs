//! One rate and what happened under it.
//!
//! In: narrations of one action, with their stories where they have one. Out:
//! whether each is heard; from time to time, and at the end, how many were not.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Rate;
use super::share::keeps;
use super::window::Window;

/// What was left out is told this often.
const PAUSE: Duration = Duration::from_secs(10);

/// One action's rate and its state.
#[derive(Debug)]
pub(super) struct Entry {
    rate: &'static Rate,
    window: Mutex<Window>,
    /// Counts what belongs to no story.
    turn: AtomicU64,
    suppressed: AtomicU64,
    pace: Pace,
}

impl Entry {
    pub(super) fn new(rate: &'static Rate) -> Self {
        Self {
            rate,
            window: Mutex::default(),
            turn: AtomicU64::new(0),
            suppressed: AtomicU64::new(0),
            pace: Pace::new(),
        }
    }

    /// Whether a story, or an event without one, is in the sample.
    pub(super) fn samples(&self, story: Option<u64>) -> bool {
        let Some((kept, of)) = self.rate.sample else { return true };
        match story {
            Some(story) => keeps(story, kept, of),
            None => {
                let turn = self.turn.fetch_add(1, Ordering::Relaxed);
                turn % u64::from(of.max(1)) < u64::from(kept)
            }
        }
    }

    /// Whether there is room for it.
    pub(super) fn limits(&self, story: Option<u64>) -> bool {
        let Some((most, seconds)) = self.rate.limit else { return true };
        let stretch = Duration::from_secs(seconds.into());
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        window.admits(story, most, stretch, Instant::now())
    }

    /// Counts one that is left out, and tells of it when that is due.
    pub(super) fn suppress(&self) {
        self.suppressed.fetch_add(1, Ordering::Relaxed);
        if self.pace.is_due() {
            self.tell();
        }
    }

    /// Tells what was left out and not told yet.
    pub(super) fn tell(&self) {
        let suppressed = self.suppressed.swap(0, Ordering::Relaxed);
        if suppressed > 0 {
            let narration = self.rate.target;
            tracing::info!(
                target: "narration_runtime::sampling",
                narration,
                suppressed,
                "Left out {suppressed} narrations of {narration}, as the vocabulary asks"
            );
        }
    }
}

/// How often something is told.
#[derive(Debug)]
pub(super) struct Pace(Mutex<Instant>);

impl Pace {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Instant::now()))
    }

    /// Whether it is time again; to be answered `true` once.
    pub(super) fn is_due(&self) -> bool {
        match self.0.try_lock() {
            Ok(mut told) if told.elapsed() >= PAUSE => {
                *told = Instant::now();
                true
            }
            _ => false,
        }
    }
}
