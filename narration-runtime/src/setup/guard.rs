//! What a service holds while it narrates.

use super::error::SetupError;
use super::export::{self, Export};
use super::filter::Filter;
use crate::layers::{Sampler, Streams};
use crate::sink::{FlushError, Losses, Sink};

/// Keeps narration going; dropped at the end of `main`, it writes what is
/// still held back and ends the writing thread.
#[must_use = "narration ends where the guard is dropped: bind it with `let _narration = …`"]
pub struct Guard {
    pub(super) sink: Sink,
    pub(super) filter: Filter,
    pub(super) sampler: Option<Sampler>,
    pub(super) streams: Streams,
    pub(super) faults: Vec<SetupError>,
    pub(super) export: Export,
    pub(super) installed: bool,
}

impl Guard {
    /// What was wrong with the set-up. Each fault was narrated, too.
    #[must_use]
    pub fn faults(&self) -> &[SetupError] {
        &self.faults
    }

    /// Whether this set-up hears what the process narrates. It does not where somebody else has
    /// installed a subscriber before: then that one hears, which is a fault
    /// ([`SetupError::AlreadySet`]) unless it is a test's.
    #[must_use]
    pub fn is_installed(&self) -> bool {
        self.installed
    }

    /// The export over OTLP, where the environment asked for one.
    #[cfg(feature = "otel")]
    #[must_use]
    pub fn otel(&self) -> Option<&crate::otel::Otel> {
        self.export.as_ref()
    }

    /// How many lines could not be written so far.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.losses().total()
    }

    /// What could not be written so far, by sink and reason.
    #[must_use]
    pub fn losses(&self) -> Losses {
        self.sink.losses()
    }

    /// Waits until everything told so far is handed to the system, see [`Sink::flush`].
    ///
    /// # Errors
    ///
    /// How many lines are not written, and whether they may still be.
    pub fn flush(&self) -> Result<(), FlushError> {
        self.sink.flush()
    }

    /// What is heard; it may be changed while the service runs.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Where readers of live narrations register.
    #[must_use]
    pub fn streams(&self) -> &Streams {
        &self.streams
    }

    /// Where the lines go.
    #[must_use]
    pub fn sink(&self) -> &Sink {
        &self.sink
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The export goes first: what it could not send is told in a last line.
        export::close(&mut self.export);
        // What is given up is counted, and nobody is left to hear of it.
        self.sampler.iter().for_each(Sampler::tell);
        let _ = self.sink.close();
    }
}
