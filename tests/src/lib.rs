//! What the tests of this package share.
//!
//! In: a piece of a service that narrates. Out: every line it made, in each of the four formats,
//! and what subscribers that know nothing of narrations saw of it.
//!
//! The tests stand in binaries of their own, because tracing decides once per process and callsite
//! who listens: `told` runs under one subscriber that always does ([`capture`]), `off` under none,
//! `layered` under one with a layer that narrates itself, `allocations` counts, and `processes`
//! starts services of its own with `init!()`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

pub mod capture;
pub mod foreign;
pub mod harmless;

pub use capture::{Stream, Told, told, told_by};

/// The chapters of the book whose examples need the runtime and services around it.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../docs/delivery.md")]
    mod delivery {}
    #[doc = include_str!("../../docs/opentelemetry.md")]
    mod opentelemetry {}
    #[doc = include_str!("../../docs/http.md")]
    mod http {}
}
