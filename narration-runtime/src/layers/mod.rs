//! From tracing events to lines.
//!
//! In: every event and span of the process, ours and other crates'. Out: one
//! record each, in one of the four formats, written at once.

mod buffers;
mod inherited;
mod logged;
mod output;
mod visit;

pub use output::{Layer, layer};

pub(crate) use output::{is_narration, level};
#[cfg(feature = "otel")]
pub(crate) use visit::{is_secret_number, made_safe};
