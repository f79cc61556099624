//! A small service to listen to.
//!
//! In: values. Out: narrations.

use narration_runtime::{narrate, narrated};

/// An engine is started.
pub(crate) fn spawn(engine: &str) {
    narrate!(
        actor = "pool-managerd",
        action = "spawn",
        engine,
        pool_id = "default",
        device = "GPU0"
    );
}

/// A request is accepted.
pub(crate) fn admit(position: u64) {
    narrate!(
        actor = "orchestratord",
        action = "admission",
        human = "Accepted request; queued at position {queue_position} on pool '{pool_id}'",
        pool_id = "default",
        queue_position = position,
    );
}

/// An engine takes requests.
pub(crate) fn ready(slots: u64) {
    narrate!(actor = "pool-managerd", action = "ready", slots);
}

/// Somebody looks at the queue, which is told at `debug`.
pub(crate) fn poll() {
    narrate!(actor = "orchestratord", action = "poll");
}

/// An engine does not start.
#[narrated(actor = "pool-managerd", action = "spawn")]
pub(crate) fn fail_to_spawn(engine: &str, pool_id: &str) -> Result<(), std::io::Error> {
    let _ = (engine, pool_id);
    Err(std::io::Error::other("out of memory"))
}
