//! Waits until everything told so far is written.
//!
//! In: nothing. Out: success, or how many lines are not there.

use std::fmt;

use super::handle::Sink;
use crate::layers::Layer;

/// Why a flush did not write everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlushError {
    /// The sink took nothing for as long as was waited.
    Stalled {
        /// Lines that are accepted and not written.
        lines: u64,
    },
    /// Lines were lost meanwhile.
    Lost {
        /// How many.
        lines: u64,
    },
}

impl fmt::Display for FlushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stalled { lines } => write!(
                f,
                "{lines} lines are not written yet: whatever takes them is slow. Wait longer with `flush_within`"
            ),
            Self::Lost { lines } => {
                write!(f, "{lines} lines could not be written; `losses` says why")
            }
        }
    }
}

impl std::error::Error for FlushError {}

/// Waits until everything this process has told so far is handed to the system,
/// through the sink of the current subscriber: for the moment before
/// [`std::process::exit`], which runs no destructors. Without such a sink there
/// is nothing to wait for.
///
/// # Errors
///
/// How many lines are not written, and whether they may still be.
///
/// ```no_run
/// # fn broken() -> bool { true }
/// if broken() {
///     let _ = narration_runtime::flush();
///     std::process::exit(70);
/// }
/// ```
pub fn flush() -> Result<(), FlushError> {
    tracing_core::dispatcher::get_default(|subscriber| {
        subscriber.downcast_ref::<Layer<Sink>>().map_or(Ok(()), |layer| layer.writer().flush())
    })
}
