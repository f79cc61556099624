//! What one request carries from service to service.
//!
//! In: ids as they come from outside. Out: ids that can stand in a header, a
//! log line and a file name, and the reason where one could not be taken over.

mod correlation;
mod traceparent;

pub use correlation::{CorrelationId, InvalidCorrelationId};
pub use traceparent::{InvalidTraceParent, SpanId, TraceId, TraceParent};
