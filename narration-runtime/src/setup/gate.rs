//! The filter of a service, with one exception.
//!
//! In: directives. Out: which callsites are heard. Spans that carry a
//! narration's context are always open: a filter that lets one actor through
//! must not cost it the ids that another one's span hands down.

use tracing_core::span::{Attributes, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{LevelFilter, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

use super::filter::Filter;
use crate::emit::carries_context;
use crate::layers::SAMPLING;

/// A [`Filter`] that lets spans with context through.
pub(super) struct Gate(pub(super) Filter);

impl<S: Subscriber> Layer<S> for Gate {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        // The filter has to know every callsite, for directives that name a span.
        let interest = Layer::<S>::register_callsite(&*self.0.current(), metadata);
        if is_always_heard(metadata) { Interest::always() } else { interest }
    }

    fn enabled(&self, metadata: &Metadata<'_>, context: Context<'_, S>) -> bool {
        is_always_heard(metadata) || self.0.current().enabled(metadata, context)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        // Spans with context are of the highest level, and heard also where nothing else is.
        Layer::<S>::max_level_hint(&*self.0.current()).map(|level| level.max(LevelFilter::ERROR))
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        self.0.current().on_new_span(attributes, id, context);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        self.0.current().on_record(id, values, context);
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        self.0.current().on_enter(id, context);
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        self.0.current().on_exit(id, context);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        self.0.current().on_close(id, context);
    }
}

/// What no directive keeps out: context, and what is said of narrations that were left out.
fn is_always_heard(metadata: &Metadata<'_>) -> bool {
    carries_context(metadata) || metadata.target() == SAMPLING
}
