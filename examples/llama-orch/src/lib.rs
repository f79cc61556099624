//! Five services, one request: the demo system of narration.
//!
//! In: a client's request to `orchestratord`. Out: an answer, and in every
//! service's log what it did for it, under one correlation id. Each service is
//! a module here and a process of its own; they speak HTTP on this machine.

pub mod adapter;
pub mod api;
pub mod demo;
pub mod engine;
pub mod lines;
pub mod model;
pub mod orchestrator;
pub mod peer;
pub mod pool;
pub mod service;
pub mod system;
pub mod tool;
pub mod wire;

/// What the five services may say.
#[must_use]
pub fn vocabulary() -> &'static narration_runtime::taxonomy::Table {
    narration_runtime::taxonomy!()
}
