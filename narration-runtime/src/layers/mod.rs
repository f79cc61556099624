//! From tracing events to lines.
//!
//! In: every event and span of the process, ours and other crates'. Out: one
//! record each, in one of the four formats, written at once.

mod buffers;
mod inherited;
mod logged;
mod metadata;
mod output;
mod sampling;
mod stream;
mod visit;

pub use output::{Layer, layer};
pub use sampling::{Rate, Sampler, Tail};
#[cfg(feature = "stream")]
pub use stream::ServerSentEvents;
pub use stream::{Live, LiveItem, Streams};

#[cfg(feature = "otel")]
pub(crate) use logged::metadata as logged;
pub(crate) use metadata::{is_narration, level};
pub(crate) use sampling::TARGET as SAMPLING;
#[cfg(feature = "otel")]
pub(crate) use sampling::deferred;
#[cfg(feature = "otel")]
pub(crate) use visit::{is_secret_number, made_safe};
