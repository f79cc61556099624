//! The one place that panics: a claim about a story is wrong.
//!
//! In: a report. Out: a panic at the caller's line.

#![allow(clippy::panic, reason = "a failing assertion is what this crate is for")]

/// Fails the test.
#[track_caller]
pub(crate) fn now(report: &str) -> ! {
    panic!("{report}")
}
