//! What a capture hears, and what is claimed about it.
//!
//! In: tests that narrate, side by side in one process. Out: each its own story,
//! and reports that show it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod asking;
mod claims;
mod failing;
mod filtered;
mod logs;
mod narrating;
mod routing;
mod tasks;
mod waiting;
