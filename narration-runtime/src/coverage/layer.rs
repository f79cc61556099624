//! The layer of a recording.
//!
//! In: tracing's questions and events. Out: what they show about a callsite of ours.

use tracing_core::subscriber::Interest;
use tracing_core::{Event, LevelFilter, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::Coverage;
use super::facets::{Facets, REACHED};
use crate::CorrelationId;
use crate::layers::is_narration;

impl<S: Subscriber> Layer<S> for Coverage {
    /// A narration is asked about every time, so that a silent one is seen to be reached.
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_narration(metadata) { Interest::sometimes() } else { Interest::always() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        if is_narration(metadata) {
            self.0.shows(metadata, REACHED);
        }
        true
    }

    /// Every level comes this far; what is heard is for the filters below to say.
    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if is_narration(event.metadata()) {
            let inherits = || CorrelationId::current().is_some();
            self.0.shows(event.metadata(), Facets::of(event, inherits));
        }
    }
}
