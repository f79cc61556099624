//! What a context costs: opening it, opening scopes and fns in it, sending it.
//!
//! In: nothing. Out: spans, and messages. A peer opens tracing's own span with
//! the same fields.

use std::hint::black_box;

use narration_runtime::{Correlation, CorrelationId, Trust, extract, inject, scope};
use tracing::{Span, info_span};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

/// The span of an operation with an id and a trace.
pub(crate) fn operation() -> Span {
    "req-xyz".parse().map_or_else(|_| Span::none(), |id| Correlation::with_id(id).span())
}

/// The same fields by hand.
pub(crate) fn operation_tracing() -> Span {
    info_span!("context", correlation_id = "req-xyz", trace_id = TRACE, span_id = SPAN)
}

/// A new operation, from its ids to the end of its span.
#[inline(never)]
pub(crate) fn open() {
    drop(black_box(Correlation::new()).span());
}

/// The same fields by hand, without making ids.
#[inline(never)]
pub(crate) fn open_tracing() {
    drop(info_span!(
        "context",
        correlation_id = black_box("0199d183-a808-7a81-8d9c-ce0de2d25f49"),
        trace_id = black_box(TRACE),
        span_id = black_box(SPAN)
    ));
}

/// A scope of two fields.
#[inline(never)]
pub(crate) fn handed_down() {
    drop(scope!(session_id = black_box("session-abc123"), job_id = black_box("job-77")));
}

/// The same by hand.
#[inline(never)]
pub(crate) fn handed_down_tracing() {
    drop(info_span!(
        "scope",
        session_id = black_box("session-abc123"),
        job_id = black_box("job-77")
    ));
}

/// The current id.
#[inline(never)]
pub(crate) fn current_id() {
    drop(black_box(CorrelationId::current()));
}

/// The context out of one message and into the next, as a server does that calls another.
#[inline(never)]
pub(crate) fn passed_on() {
    let came = Headers(vec![
        ("x-correlation-id", "req-xyz".to_owned()),
        ("traceparent", format!("00-{TRACE}-{SPAN}-01")),
    ]);
    let request = extract(black_box(&came), Trust::Adopt).correlation.span();
    let mut goes = Headers(Vec::with_capacity(2));
    request.in_scope(|| inject(&mut goes));
    black_box(goes);
}

struct Headers(Vec<(&'static str, String)>);

impl narration_runtime::Carrier for Headers {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        self.0.iter().filter(|(name, _)| *name == key).map(|(_, value)| value.as_bytes()).collect()
    }

    fn set(&mut self, key: &str, value: &str) {
        let names = ["x-correlation-id", "traceparent", "tracestate"];
        if let Some(name) = names.into_iter().find(|name| *name == key) {
            self.0.push((name, value.to_owned()));
        }
    }
}
