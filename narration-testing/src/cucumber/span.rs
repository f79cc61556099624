//! Which scenario a span belongs to.
//!
//! In: spans that cucumber opens around its scenarios. Out: a recording for each
//! attempt. Cucumber runs all of them in one task, and gives every attempt a
//! number that stands in its span and nowhere else.

use std::fmt::Debug;
use std::sync::Arc;

use tracing_core::field::{Field, Visit};
use tracing_core::span::Attributes;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::directory;
use crate::event::SCENARIO;
use crate::recording::Recording;

/// Kept with the span of an attempt.
struct Attempt(Arc<Recording>);

/// The recording of the attempt that begins with this span, if one does.
pub(crate) fn begun<'r, R: LookupSpan<'r>>(
    attributes: &Attributes<'_>,
    span: &SpanRef<'r, R>,
    around: Option<Arc<Recording>>,
) -> Option<Arc<Recording>> {
    let mut found = Found(false);
    if attributes.metadata().fields().field(SCENARIO).is_some() {
        attributes.record(&mut found);
    }
    if !found.0 {
        return None;
    }
    let recording = Recording::new(around, true, directory::strays_so_far());
    span.extensions_mut().replace(Attempt(Arc::clone(&recording)));
    Some(recording)
}

/// Ends the attempt whose span this is: its ids are free for the next one.
pub(crate) fn ended<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) {
    if let Some(Attempt(recording)) = span.extensions().get::<Attempt>() {
        directory::leave(recording);
    }
}

/// The attempt whose span this is, or is inside of.
pub(crate) fn attempt<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Arc<Recording>> {
    span.scope().find_map(|span| {
        let extensions = span.extensions();
        extensions.get::<Attempt>().map(|attempt| Arc::clone(&attempt.0))
    })
}

/// Whether the field has a value.
struct Found(bool);

impl Visit for Found {
    fn record_debug(&mut self, field: &Field, _: &dyn Debug) {
        self.0 |= field.name() == SCENARIO;
    }
}
