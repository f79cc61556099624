//! Services narrate what they do: in plain English, with structure, checked
//! against a declared vocabulary, redacted before anybody can read it.
//!
//! In: `narrate!` and `#[narrated]` in a service's code, and its
//! `narration.toml`. Out: ordinary `tracing` events, and lines in one of four
//! formats.

// The crate's own expansions and examples name it as everybody else does.
extern crate self as narration_runtime;

mod builtin;
mod context;
mod dynamic;
mod emit;
mod layers;
mod redaction;
mod setup;
mod story;
pub mod taxonomy;
mod value;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use narration_macros::{narrate, narrated, scope, taxonomy};
pub use narration_record::{Format, UnknownFormat};
pub use narration_redact::{
    PiiKind, PiiMode, RedactWriter, Redacted, Redactor, RedactorBuilder, RedactorError, redact,
};
pub use narration_taxonomy::{Class, Level};

pub use context::{
    CorrelationId, InvalidCorrelationId, InvalidTraceParent, SpanId, TraceId, TraceParent,
};
pub use dynamic::{Fault, FieldValue, Narration};
pub use layers::{Layer, layer};
pub use setup::{Builder, Guard, SetupError};
