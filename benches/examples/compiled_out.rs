//! The subject of the assembly comparison: in goes a fn with a narration and
//! the same fn without one, out must come the same instructions for both.
//!
//! `cargo xtask bench compiled-out` builds it with the feature `compiled-out`
//! and compares; run, it does nothing of note.

use std::hint::black_box;

use narration_runtime::narrate;

/// Work with a narration in the middle of it.
#[inline(never)]
fn with_narration(pool_id: &str, queue_position: u64) -> u64 {
    let session_id = black_box(pool_id);
    let predicted_start_ms = black_box(queue_position) * 140;
    narrate!("admission", session_id, pool_id, queue_position, predicted_start_ms);
    black_box(predicted_start_ms) + 1
}

/// The same work in silence.
#[inline(never)]
fn without_narration(pool_id: &str, queue_position: u64) -> u64 {
    let _session_id = black_box(pool_id);
    let predicted_start_ms = black_box(queue_position) * 140;
    black_box(predicted_start_ms) + 1
}

fn main() {
    black_box(with_narration(black_box("default"), black_box(3)));
    black_box(without_narration(black_box("default"), black_box(3)));
}
