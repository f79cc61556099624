//! What one request carries from service to service.
//!
//! In: ids as they come from outside, or none. Out: a context that every
//! narration beneath inherits and that goes on to whoever is called.
//!
//! A context lives in tracing spans (`carried`), is opened as one (`opened`),
//! and is a value between two of them (`correlation`). Between processes it is
//! text: `inject` writes it into any [`Carrier`], `extract` reads it by rules
//! that no sender can break.

mod carried;
mod carrier;
mod correlation;
mod extract;
mod field;
mod id;
mod inject;
mod link;
mod opened;
mod refused;
mod root;
mod trace_id;
mod traceparent;
mod tracestate;

pub use carrier::Carrier;
pub use correlation::Correlation;
pub use extract::{Extracted, Trust, extract};
pub use id::{CorrelationId, InvalidCorrelationId};
pub use inject::inject;
pub use link::Link;
pub use refused::{Refused, refusals};
pub use trace_id::{SpanId, TraceId};
pub use traceparent::{InvalidTraceParent, TraceParent};
pub use tracestate::{InvalidTraceState, TraceState};

#[cfg(feature = "otel")]
pub(crate) use carried::{Carried, Place, carried, keep_or_begin};
pub(crate) use carried::{keep, record, show};
