//! The calls that are measured, each beside its peer.
//!
//! In: values the optimiser cannot see through. Out: one event, or none where
//! nobody listens. A peer records the very fields that the narration records,
//! its text interpolated as the vocabulary's is. Its target is called `object`:
//! `tracing-subscriber` would write a second key `target` beside its own.

use std::hint::black_box;

use narration_runtime::{narrate, narrated};
use tracing::{Span, info, info_span, instrument};

/// Clean free text of 128 bytes.
const REMARK: &str = "the pool was drained and refilled twice before the engine came up again; \
                      nothing else of note happened in the last ten minutes";

/// The admission of a request, all its fields at the call.
#[inline(never)]
pub(crate) fn admission() {
    narrate!(
        "admission",
        correlation_id = black_box("req-xyz"),
        session_id = black_box("session-abc123"),
        pool_id = black_box("default"),
        queue_position = black_box(3_u64),
        predicted_start_ms = black_box(420_u64),
    );
}

/// The same by hand.
#[inline(never)]
pub(crate) fn admission_tracing() {
    let session_id = "session-abc123";
    let (pool_id, queue_position, predicted_start_ms) = ("default", 3_u64, 420_u64);
    info!(
        target: "orchestratord::admission",
        actor = "orchestratord",
        action = "admission",
        object = black_box(session_id),
        correlation_id = black_box("req-xyz"),
        session_id = black_box(session_id),
        pool_id = black_box(pool_id),
        queue_position = black_box(queue_position),
        predicted_start_ms = black_box(predicted_start_ms),
        "Accepted request; queued at position {} (ETA {} ms) on pool '{}'",
        black_box(queue_position),
        black_box(predicted_start_ms),
        black_box(pool_id),
    );
}

/// The admission with five locals, computed before it and used behind it.
#[inline(never)]
pub(crate) fn locals() {
    let (correlation_id, session_id) = (text("req-xyz"), text("session-abc123"));
    let (pool_id, queue_position, predicted_start_ms) = (text("default"), number(3), number(420));
    narrate!("admission", correlation_id, session_id, pool_id, queue_position, predicted_start_ms);
    used(correlation_id, session_id, pool_id, queue_position, predicted_start_ms);
}

/// The same by hand.
#[inline(never)]
pub(crate) fn locals_tracing() {
    let (correlation_id, session_id) = (text("req-xyz"), text("session-abc123"));
    let (pool_id, queue_position, predicted_start_ms) = (text("default"), number(3), number(420));
    info!(
        target: "orchestratord::admission",
        correlation_id,
        session_id,
        pool_id,
        queue_position,
        predicted_start_ms,
        "Accepted request; queued at position {queue_position} (ETA {predicted_start_ms} ms) on pool '{pool_id}'",
    );
    used(correlation_id, session_id, pool_id, queue_position, predicted_start_ms);
}

/// The same locals and no event.
#[inline(never)]
pub(crate) fn locals_alone() {
    let (correlation_id, session_id) = (text("req-xyz"), text("session-abc123"));
    let (pool_id, queue_position, predicted_start_ms) = (text("default"), number(3), number(420));
    used(correlation_id, session_id, pool_id, queue_position, predicted_start_ms);
}

#[inline(never)]
fn text(text: &'static str) -> &'static str {
    black_box(text)
}

#[inline(never)]
fn number(number: u64) -> u64 {
    black_box(number)
}

#[inline(never)]
fn used(
    correlation_id: &str,
    session_id: &str,
    pool_id: &str,
    queue_position: u64,
    predicted_start_ms: u64,
) {
    black_box((correlation_id, session_id, pool_id, queue_position, predicted_start_ms));
}

/// A span with the three fields that a request carries along.
pub(crate) fn request() -> Span {
    info_span!(
        "request",
        correlation_id = "req-xyz",
        session_id = "session-abc123",
        job_id = "job-77"
    )
}

/// The admission where a span carries the context.
#[inline(never)]
pub(crate) fn inside() {
    narrate!(
        "admission",
        target = "session-abc123",
        pool_id = black_box("default"),
        queue_position = black_box(3_u64),
        predicted_start_ms = black_box(420_u64),
    );
}

/// The same by hand.
#[inline(never)]
pub(crate) fn inside_tracing() {
    let (pool_id, queue_position, predicted_start_ms) = ("default", 3_u64, 420_u64);
    info!(
        target: "orchestratord::admission",
        actor = "orchestratord",
        action = "admission",
        object = "session-abc123",
        pool_id = black_box(pool_id),
        queue_position = black_box(queue_position),
        predicted_start_ms = black_box(predicted_start_ms),
        "Accepted request; queued at position {} (ETA {} ms) on pool '{}'",
        black_box(queue_position),
        black_box(predicted_start_ms),
        black_box(pool_id),
    );
}

/// Free text, which goes through the detector.
#[inline(never)]
pub(crate) fn remark() {
    narrate!("remark", note = black_box(REMARK));
}

/// The same by hand, and undetected.
#[inline(never)]
pub(crate) fn remark_tracing() {
    info!(
        target: "orchestratord::remark",
        actor = "orchestratord",
        action = "remark",
        note = black_box(REMARK),
        "Remark",
    );
}

/// A fn that tells its start and its end.
#[inline(never)]
pub(crate) fn download() {
    fetch(black_box("hf:org/repo"));
}

#[narrated(action = "download", target = model_ref)]
fn fetch(model_ref: &str) -> usize {
    black_box(model_ref.len())
}

/// The same by hand: a span, its start, its end with the time it took.
#[inline(never)]
pub(crate) fn download_tracing() {
    fetch_tracing(black_box("hf:org/repo"));
}

#[instrument(name = "orchestratord.download", skip_all, fields(model_ref = model_ref))]
fn fetch_tracing(model_ref: &str) -> usize {
    let began = std::time::Instant::now();
    info!(
        actor = "orchestratord",
        action = "download",
        target = model_ref,
        "Downloading {model_ref}"
    );
    let length = black_box(model_ref.len());
    let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    info!(
        actor = "orchestratord",
        action = "downloaded",
        object = model_ref,
        outcome = "ok",
        duration_ms,
        "Downloaded {model_ref} in {duration_ms} ms"
    );
    length
}
