//! What an event's metadata says.
//!
//! In: the metadata of any event. Out: whether it is a narration, and its level.

use narration_record::Level;
use tracing_core::Metadata;

use crate::emit::HEAD;

/// Whether an event is a narration of another copy of this crate: the head gives it away.
pub(crate) fn is_narration(metadata: &Metadata<'_>) -> bool {
    metadata.fields().len() >= HEAD.len()
        && metadata.fields().iter().zip(HEAD).all(|(field, name)| field.name() == name)
}

pub(crate) fn level(metadata: &Metadata<'_>) -> Level {
    match *metadata.level() {
        tracing_core::Level::TRACE => Level::Trace,
        tracing_core::Level::DEBUG => Level::Debug,
        tracing_core::Level::INFO => Level::Info,
        tracing_core::Level::WARN => Level::Warn,
        tracing_core::Level::ERROR => Level::Error,
    }
}
