//! Delivery as a service sees it: what was told is in the sink, or is counted as lost.
//!
//! In: `courier`, a service that tells numbered lines, and sinks that are slow, full, gone or
//! shared. Out: the numbers that came through and those that are said to be lost; together they
//! are all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod courier;
mod ends;
mod files;
mod filter;
mod losses;
mod rotation;
#[cfg(unix)]
mod services;
mod steps;
mod streams;
