//! The layer of a recording.
//!
//! In: tracing's questions, spans and events. Out: what they show about a
//! callsite of ours.

use tracing_core::span::{Attributes, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{Event, LevelFilter, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{Coverage, handed};

impl<S> Layer<S> for Coverage
where
    S: Subscriber + for<'r> LookupSpan<'r>,
{
    /// A callsite is registered when it is executed for the first time: that is how a silent one
    /// is seen to be reached, and why none has to be asked for again.
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        self.0.reached(metadata);
        Interest::always()
    }

    /// Every level comes this far; what is heard is for the filters below to say.
    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        self.0.told(event);
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            handed::opened(&span, attributes);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            handed::recorded(&span, values);
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            handed::entered(&span);
        }
    }

    fn on_exit(&self, id: &Id, _: Context<'_, S>) {
        handed::left(id);
    }
}
