//! The four ways a fn can end.
//!
//! In: how it ended. Out: one narration, with `outcome` and `duration_ms`, and
//! what went wrong if it failed.

use std::time::Duration;

use super::captured::Captured;
use super::failure::Failure;
use super::StorySite;
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
    Panicked,
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
            Self::Failed(failure) => captured.tell(
                site.failed,
                &[
                    Value::Known("failed"),
                    Value::Shown(Shown::Str(&failure.error)),
                    Value::Shown(Shown::Str(&failure.kind)),
                    duration,
                ],
            ),
            Self::Cancelled => captured.tell(site.cancelled, &[Value::Known("cancelled"), duration]),
            Self::Panicked => captured.tell(site.panicked, &[Value::Known("panicked"), duration]),
        }
    }
}
