//! The four ways a fn can end.
//!
//! In: how it ended. Out: one narration, with `outcome` and `duration_ms`, and
//! what went wrong if it failed.

use std::time::Duration;

use super::StorySite;
use super::captured::Captured;
use super::failure::Failure;
use crate::value::{Shown, Value};

/// How a fn ended.
pub(super) enum Ending {
    /// It returned.
    Ok,
    /// It returned an error.
    Failed(Failure),
    /// Its future was dropped before it was done.
    Cancelled,
    /// It unwound.
    Panicked(Failure),
}

impl Ending {
    /// The ending of a body that returned.
    pub(super) fn of(failure: Option<Failure>) -> Self {
        failure.map_or(Self::Ok, Self::Failed)
    }

    /// Tells it.
    pub(super) fn tell(&self, site: &'static StorySite, captured: &Captured, took: Duration) {
        let duration = Value::U64(Some(u64::try_from(took.as_millis()).unwrap_or(u64::MAX)));
        match self {
            Self::Ok => captured.tell(site.ok, &[Value::Known("ok"), duration]),
            Self::Failed(failure) => {
                captured.tell(site.failed, &wrong("failed", failure, duration))
            }
            Self::Cancelled => {
                captured.tell(site.cancelled, &[Value::Known("cancelled"), duration])
            }
            Self::Panicked(failure) => {
                captured.tell(site.panicked, &wrong("panicked", failure, duration))
            }
        }
    }
}

/// The values of an outcome that has an error, in the order of the record.
fn wrong<'f>(outcome: &'static str, failure: &'f Failure, duration: Value<'f>) -> [Value<'f>; 4] {
    let text = |text| Value::Shown(Shown::Str(text));
    [Value::Known(outcome), text(&failure.error), text(&failure.kind), duration]
}
