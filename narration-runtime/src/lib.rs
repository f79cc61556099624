//! Services narrate what they do: in plain English, with structure, checked
//! against a declared vocabulary, redacted before anybody can read it.
//!
//! In: `narrate!` and `#[narrated]` in a service's code, and its
//! `narration.toml`. Out: ordinary `tracing` events, and lines in one of four
//! formats.
//!
//! The vocabulary says who may act, what each may do, and with which fields:
//!
//! ```toml
#![doc = include_str!("../narration.toml")]
//! ```
//!
//! Calls are held against it while compiling. Every placeholder is a typed field
//! too, and a value is made safe by the class of its field:
//!
//! ```
//! use narration_runtime::narrate;
//!
//! # let _narration = narration_runtime::init!();
//! let (engine, pool_id, device) = ("llamacpp-v1", "default", "GPU0");
//! narrate!(
//!     actor = "pool-managerd",
//!     action = "spawn",
//!     human = "Spawning engine {engine} for pool '{pool_id}' on {device}",
//!     queue_position = 3,
//! );
//! narrate!(actor = "pool-managerd", action = "spawn", engine, pool_id); // the vocabulary's own text
//! ```
//!
//! A fn tells its start and, exactly once, how it ended; what it narrates itself
//! has its actor:
//!
//! ```
//! use narration_runtime::narrated;
//!
//! #[narrated(actor = "model-provisioner", action = "download")]
//! fn download(model_ref: &str) -> Result<Vec<u8>, std::io::Error> {
//!     std::fs::read(model_ref.trim_start_matches("file:"))
//! }
//!
//! # let _narration = narration_runtime::init!();
//! assert!(download("file:/no/such/model").is_err()); // told as `download-failed`, at `warn`
//! ```
//!
//! What belongs to a whole request is said once, on a span around it, and
//! inherited by every narration inside:
//!
//! ```
//! use narration_runtime::{CorrelationId, narrate, scope};
//!
//! # let _narration = narration_runtime::init!();
//! let request = scope!(correlation_id = CorrelationId::new(), pool_id = "default");
//! request.in_scope(|| {
//!     narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
//! });
//! ```
//!
//! [`Narration`] does the same for names that are known at run time alone,
//! [`init!`] sets a service up, [`layer`] joins a subscriber of your own.

// The crate's own expansions and examples name it as everybody else does.
extern crate self as narration_runtime;

mod builtin;
mod context;
pub mod coverage;
mod dynamic;
mod emit;
#[cfg(any(feature = "reqwest", feature = "tower"))]
mod integrations;
mod layers;
#[cfg(feature = "otel")]
pub mod otel;
mod progress;
mod redaction;
mod setup;
mod sink;
mod story;
pub mod taxonomy;
mod value;

// The book's chapter is compiled and run with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../../docs/context.md")]
struct ContextChapter;

#[cfg(doctest)]
#[doc = include_str!("../../docs/progress.md")]
struct ProgressChapter;

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
    Carrier, Correlation, CorrelationId, Environment, Extracted, InContext, InvalidCorrelationId,
    InvalidTraceParent, InvalidTraceState, Link, Narrated, Refused, SpanId, TraceId, TraceParent,
    TraceState, Trust, Uncorrelated, each_in_context, extract, in_context, inject, refusals,
    spawn_thread, uncorrelated,
};
#[cfg(feature = "tokio")]
pub use context::{spawn, spawn_blocking, spawn_in};
pub use dynamic::{Fault, FieldValue, Narration};
#[cfg(feature = "reqwest")]
pub use integrations::reqwest;
#[cfg(feature = "tower")]
pub use integrations::tower;
#[cfg(feature = "stream")]
pub use layers::ServerSentEvents;
pub use layers::{Layer, Live, LiveItem, Sampler, Streams, Tail, layer};
pub use progress::{Progress, Reached};
pub use setup::{Builder, Filter, FilterError, Guard, SetupError};
pub use sink::{
    Delivery, FlushError, Line, Loss, LossReason, Losses, Rotation, Sink, SinkBuilder,
    UnknownDelivery, Unwritten, flush,
};
#[cfg(all(unix, feature = "syslog"))]
pub use sink::{SyslogAddress, UnknownSyslogAddress};
