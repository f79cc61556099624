//! Records of the `log` crate, which come as tracing events of one callsite.
//!
//! In: an event. Out: what the record said of itself, if it was one.

use tracing_core::{Event, Metadata};

/// Level, target and place of a record of `log`; nothing for every other event.
#[cfg(feature = "log")]
pub(crate) fn metadata<'e>(event: &'e Event<'_>) -> Option<Metadata<'e>> {
    tracing_log::NormalizeEvent::normalized_metadata(event)
}

/// Without `log` there are no such records.
#[cfg(not(feature = "log"))]
pub(crate) fn metadata<'e>(_: &'e Event<'_>) -> Option<Metadata<'e>> {
    None
}

/// Whether a field only repeats what [`metadata`] says.
pub(super) fn repeats(name: &str) -> bool {
    matches!(name, "log.target" | "log.module_path" | "log.file" | "log.line")
}
