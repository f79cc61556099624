//! One context through everything a service is made of: spans and fns, carriers of every kind.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod broker;
mod carriers;
mod children;
mod envelopes;
mod lost;
mod operations;
mod refusals;
mod traces;

use narration_record::Record;
use narration_runtime::narrate;

/// Something to hear.
fn step() {
    narrate!(actor = "sorter", action = "step");
}

/// A field of a record as text.
fn text(record: &Record, name: &str) -> Option<String> {
    record.field(name).map(ToString::to_string)
}
