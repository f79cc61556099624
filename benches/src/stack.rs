//! Who listens while a case runs.
//!
//! In: the listener's name and a sink. Out: a subscriber as a service would
//! install it.

use narration_runtime::Format;
use narration_runtime::coverage::Coverage;
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, registry};

use crate::Memory;

/// Who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// Nobody: no subscriber was ever installed.
    Nobody,
    /// A filter whose highest level is below the event's.
    Level,
    /// A filter that lets the level pass and stops the actor.
    Directive,
    /// A layer that takes every event and does nothing with it.
    NoOp,
    /// Our layer.
    Narration(Format),
    /// Our layer, and a recording of what is reached, as tests have it.
    Recorded,
    /// `tracing-subscriber`'s JSON, flattened, as it comes.
    TracingJson,
    /// The same without the list of all spans, which repeats the current one.
    TracingJsonCurrentSpan,
}

impl Stack {
    /// The subscriber, if anybody listens; lines go to `sink`.
    #[must_use]
    pub fn dispatch(self, sink: &Memory) -> Option<Dispatch> {
        let json = || {
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(sink.clone())
        };
        let writer = || narration_runtime::layer().with_service("bench").with_writer(sink.clone());
        Some(match self {
            Self::Nobody => return None,
            Self::Level => Dispatch::new(registry().with(json()).with(EnvFilter::new("error"))),
            Self::Directive => Dispatch::new(
                registry().with(json()).with(EnvFilter::new("info,orchestratord=off")),
            ),
            Self::NoOp => Dispatch::new(registry().with(Nothing)),
            Self::Narration(format) => Dispatch::new(registry().with(writer().with_format(format))),
            Self::Recorded => Dispatch::new(registry().with(writer()).with(recording())),
            Self::TracingJson => Dispatch::new(registry().with(json())),
            Self::TracingJsonCurrentSpan => {
                Dispatch::new(registry().with(json().with_span_list(false)))
            }
        })
    }
}

/// A recording in a file that nobody reads; none where the machine has no place for one.
fn recording() -> Option<Coverage> {
    let folder = tempfile::tempdir().ok()?;
    Coverage::to_folder(folder.path()).ok()
}

/// Takes every event and does nothing with it.
struct Nothing;

impl<S: Subscriber> Layer<S> for Nothing {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        std::hint::black_box(event);
    }
}
