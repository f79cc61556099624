//! The demo system as its client and the readers of its logs see it.
//!
//! In: real processes, a real build, real sockets. Out: answers and logs.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod admission;
mod crashes;
mod failures;
mod orphans;
mod stage;
mod stories;
mod terminal;
mod vocabulary;
