//! Which scenario a span belongs to.
//!
//! In: spans that cucumber opens around its scenarios. Out: a recording for each
//! attempt. Cucumber runs all of them in one task, and gives every attempt a
//! number that stands in its span and nowhere else.

use std::fmt::Debug;
use std::sync::Arc;

#[cfg(feature = "story-snapshots")]
use tracing_core::dispatcher;
use tracing_core::field::{Field, Visit};
use tracing_core::span::Attributes;
#[cfg(feature = "story-snapshots")]
use tracing_subscriber::Registry;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

#[cfg(feature = "story-snapshots")]
use super::naming::Naming;
use crate::directory;
use crate::event::SCENARIO;
use crate::recording::Recording;

/// Kept with the span of an attempt.
struct Attempt {
    recording: Arc<Recording>,
    #[cfg(feature = "story-snapshots")]
    naming: Arc<Naming>,
}

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
    let attempt = Attempt {
        recording: Arc::clone(&recording),
        #[cfg(feature = "story-snapshots")]
        naming: Naming::begun(),
    };
    span.extensions_mut().replace(attempt);
    Some(recording)
}

/// Ends the attempt whose span this is: its ids are free for the next one.
pub(crate) fn ended<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) {
    if let Some(attempt) = span.extensions().get::<Attempt>() {
        directory::leave(&attempt.recording);
    }
}

/// The attempt whose span this is, or is inside of.
pub(crate) fn attempt<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Arc<Recording>> {
    kept(span, |attempt| Arc::clone(&attempt.recording))
}

/// What the attempt is called that the running code belongs to.
#[cfg(feature = "story-snapshots")]
pub(crate) fn naming() -> Option<Arc<Naming>> {
    dispatcher::get_default(|dispatch| {
        let registry = dispatch.downcast_ref::<Registry>()?;
        let span = registry.span(dispatch.current_span().id()?)?;
        kept(&span, |attempt| Arc::clone(&attempt.naming))
    })
}

fn kept<'r, R: LookupSpan<'r>, T>(span: &SpanRef<'r, R>, of: fn(&Attempt) -> T) -> Option<T> {
    span.scope().find_map(|span| span.extensions().get::<Attempt>().map(of))
}

/// Whether the field has a value.
struct Found(bool);

impl Visit for Found {
    fn record_debug(&mut self, field: &Field, _: &dyn Debug) {
        self.0 |= field.name() == SCENARIO;
    }
}
