//! The context on its way out.
//!
//! In: what happens here and now, or a context as a value. Out: a carrier with
//! its keys set. What the caller put there stays.

use super::baggage;
use super::carrier::{CORRELATION_ID, Carrier, FIELDS, TRACEPARENT, TRACESTATE};
use super::correlation::Correlation;
use super::trace_id::SpanId;
use super::traceparent::TraceParent;

/// Puts the current context into a message: `x-correlation-id`, and where there is a trace
/// `traceparent` with the current span as the parent, and `tracestate` as it came.
///
/// A key that has a value already keeps it. Outside any context nothing is set.
pub fn inject(carrier: &mut (impl Carrier + ?Sized)) {
    if let Some(current) = Correlation::current() {
        current.inject(carrier);
    }
}

impl Correlation {
    /// Puts this context into a message, as [`inject`](crate::inject()) does with the current one.
    ///
    /// A context that was opened nowhere yet has no span to name as the parent; then the message
    /// itself counts as one, with an id of its own.
    pub fn inject(&self, carrier: &mut (impl Carrier + ?Sized)) {
        if carrier.values(CORRELATION_ID).is_empty() {
            carrier.set(CORRELATION_ID, self.id.as_str());
        }
        if carrier.takes_fields()
            && carrier.values(FIELDS).is_empty()
            && let Some(fields) = baggage::encode(&self.fields)
        {
            carrier.set(FIELDS, &fields);
        }
        let Some(trace) = &self.trace else { return };
        // The two belong together: somebody else's trace goes with somebody else's state.
        if !carrier.values(TRACEPARENT).is_empty() {
            return;
        }
        let parent_id = trace.parent.unwrap_or_else(SpanId::random);
        let parent = TraceParent { trace_id: trace.trace_id, parent_id, flags: trace.flags };
        carrier.set(TRACEPARENT, &parent.to_string());
        if let Some(state) = &trace.state
            && carrier.values(TRACESTATE).is_empty()
        {
            carrier.set(TRACESTATE, state.as_str());
        }
    }
}
