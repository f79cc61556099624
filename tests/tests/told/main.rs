//! What is told, as every kind of listener hears it.
//!
//! In: narrations of a parcel depot, under the one subscriber of this process. Out: lines in four
//! formats, and what foreign subscribers saw.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod classes;
mod failures;
mod fields;
mod foreign_events;
mod formatting;
mod forms;
mod futures;
mod hostile;
mod inheritance;
mod outcomes;
mod properties;
mod records;
mod reentrancy;
mod relayed;
mod scopes;
mod values;
