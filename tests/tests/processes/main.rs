//! Services in processes of their own: what the environment says, and what goes wrong with it.
//!
//! In: `depot`, a small service, with arguments and an environment. Out: its lines, wherever they
//! went.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod coverage;
mod filters;
mod provenance;
mod sampling;
mod service;
mod setup;
mod threads;
mod writing;
