//! The queue of a sink, under every order in which its threads can take turns.
//!
//! In: the queue's own source, on loom's locks. Out: what holds in every order:
//! nothing accepted is lost or written twice, a flush means what it says, who
//! waits is woken. Up to two preemptions are tried at any place; a wake-up
//! that is lost ends as a deadlock, which loom tells.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod batch;
mod ending;
mod flushing;
mod handing_over;
#[path = "../../src/sink/queue.rs"]
mod queue;
mod room;
mod sync;
mod writer;

use loom::model::Builder;

/// Tries every order, with as many preemptions as find what is found at all.
fn in_every_order(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}
