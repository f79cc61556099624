//! What one request carries from service to service.
//!
//! In: ids as they come from outside, or none. Out: a context that every
//! narration beneath inherits and that goes on to whoever is called.
//!
//! A context lives in tracing spans (`carried`), is opened as one (`opened`),
//! and is a value between two of them (`correlation`). Between processes it is
//! text: `inject` writes it into any [`Carrier`], `extract` reads it by rules
//! that no sender can break.

mod baggage;
mod carried;
mod carrier;
mod correlation;
mod envelope;
mod environment;
mod extract;
mod field;
mod id;
mod inject;
mod link;
mod names;
mod opened;
mod process;
mod refused;
mod root;
mod spawn;
mod trace_id;
mod traceparent;
mod tracestate;
mod uncorrelated;

pub use carrier::Carrier;
pub use correlation::Correlation;
pub use envelope::Narrated;
pub use environment::Environment;
pub use extract::{Extracted, Trust, extract};
pub use id::{CorrelationId, InvalidCorrelationId};
pub use inject::inject;
pub use link::Link;
pub use process::InContext;
pub use refused::{Refused, refusals};
pub use spawn::{each_in_context, in_context, spawn_thread};
#[cfg(feature = "tokio")]
pub use spawn::{spawn, spawn_blocking, spawn_in};
pub use trace_id::{SpanId, TraceId};
pub use traceparent::{InvalidTraceParent, TraceParent};
pub use tracestate::{InvalidTraceState, TraceState};
pub use uncorrelated::{Uncorrelated, uncorrelated};

pub(crate) use carried::{Carried, carried, keep, record, show};
#[cfg(feature = "otel")]
pub(crate) use carried::{Place, keep_or_begin};
pub(crate) use root::{Root, carried as of_process};
pub(crate) use uncorrelated::count as count_uncorrelated;
