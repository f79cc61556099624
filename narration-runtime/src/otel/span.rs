//! A `#[narrated]` fn, or the operation around it, as an OpenTelemetry span.
//!
//! In: what its span recorded, its place in a trace, and how it ended. Out:
//! span data, ready to be exported.

use std::time::SystemTime;

use opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use tracing_core::Metadata;

use crate::context::{self, Carried, TraceParent};

/// A span that is open, kept in the span itself.
pub(super) struct Open {
    pub(super) began: SystemTime,
    pub(super) attributes: Vec<KeyValue>,
    /// How it ended, once that was told.
    pub(super) ended: Option<Status>,
}

impl Open {
    pub(super) fn new(attributes: Vec<KeyValue>) -> Self {
        Self { began: SystemTime::now(), attributes, ended: None }
    }

    /// Adds what was recorded later; the newer value holds.
    pub(super) fn record(&mut self, newer: Vec<KeyValue>) {
        self.attributes.retain(|own| newer.iter().all(|newer| newer.key != own.key));
        self.attributes.extend(newer);
    }

    /// The span, closed now; nothing where it has no place in a trace, or its trace is not sampled.
    pub(super) fn close(
        self,
        metadata: &Metadata<'static>,
        carried: &Carried,
        scope: &InstrumentationScope,
    ) -> Option<SpanData> {
        let place = carried.trace.as_ref()?;
        let flags = TraceFlags::new(place.trace.flags);
        if !flags.is_sampled() {
            return None;
        }
        let state = place.trace.state.as_ref().and_then(|state| state.as_str().parse().ok());
        let parent = place.trace.parent;
        let mut links = SpanLinks::default();
        links.links = carried.links.iter().filter_map(link).collect();
        Some(SpanData {
            span_context: SpanContext::new(
                trace_id(place.trace.trace_id),
                span_id(place.span_id),
                flags,
                false,
                state.unwrap_or_default(),
            ),
            parent_span_id: parent.map_or(SpanId::INVALID, span_id),
            // What begins here with a parent was called by another process.
            parent_span_is_remote: carried.begins && parent.is_some(),
            span_kind: if carried.begins && parent.is_some() {
                SpanKind::Server
            } else {
                SpanKind::Internal
            },
            name: metadata.name().into(),
            start_time: self.began,
            end_time: SystemTime::now(),
            attributes: self.attributes,
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links,
            status: self.ended.unwrap_or_default(),
            instrumentation_scope: scope.clone(),
        })
    }
}

/// How an outcome is told to OpenTelemetry: what failed is an error, and
/// nothing is said of the rest, as its conventions ask of instrumentation.
pub(super) fn status(outcome: &str, error: Option<&str>) -> Option<Status> {
    match outcome {
        "failed" | "panicked" => Some(Status::error(error.unwrap_or(outcome).to_owned())),
        _ => None,
    }
}

fn link(link: &context::Link) -> Option<Link> {
    let TraceParent { trace_id: trace, parent_id, flags } = link.trace_parent()?;
    let context = SpanContext::new(
        trace_id(trace),
        span_id(parent_id),
        TraceFlags::new(flags),
        true,
        TraceState::NONE,
    );
    let cause = KeyValue::new("correlation_id", link.id().to_string());
    Some(Link::new(context, vec![cause], 0))
}

pub(super) fn trace_id(id: context::TraceId) -> TraceId {
    TraceId::from_bytes(id.to_bytes())
}

pub(super) fn span_id(id: context::SpanId) -> SpanId {
    SpanId::from_bytes(id.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_errors_and_nothing_else_is_said() {
        assert_eq!(status("failed", Some("no belt")), Some(Status::error("no belt")));
        assert_eq!(status("panicked", None), Some(Status::error("panicked")));
        assert_eq!(status("ok", None), None);
        assert_eq!(status("cancelled", None), None);
    }

    #[test]
    fn what_is_recorded_later_replaces_what_was_before() {
        let mut open = Open::new(vec![KeyValue::new("a", 1), KeyValue::new("b", 1)]);
        open.record(vec![KeyValue::new("a", 2)]);
        assert_eq!(open.attributes, [KeyValue::new("b", 1), KeyValue::new("a", 2)]);
    }
}
