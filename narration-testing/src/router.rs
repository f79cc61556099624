//! Which capture an event belongs to.
//!
//! In: spans and events of the whole process. Out: each event in the one
//! capture it belongs to. In this order: the capture its span was opened in; the
//! one its task or thread is in (the innermost where both say something); the
//! one that has its correlation id. Nothing is ever given to a capture only
//! because it happens to be open.

use std::fmt::Debug;
use std::sync::Arc;

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{Event, Metadata, Subscriber, dispatcher};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::recording::{Recording, Site};
use crate::{directory, here, line};

/// The field that carries a correlation id.
const CORRELATION_ID: &str = "correlation_id";

/// Gives every event to its capture. It stands behind the layer that writes lines.
#[derive(Debug)]
pub(crate) struct Router;

/// The capture a span was opened in; kept with the span.
#[derive(Clone)]
pub(crate) struct Owner {
    pub(crate) recording: Arc<Recording>,
    /// Whether a scope says so, which knows better than the task or the thread.
    pub(crate) strict: bool,
}

/// The target of this crate's own spans.
pub(crate) const TARGET: &str = "narration_testing";

/// The name of the span of a scope.
pub(crate) const SCOPE: &str = "scope";

impl<S: Subscriber + for<'l> LookupSpan<'l>> Layer<S> for Router {
    /// Always asked again: a callsite that another test reached first must not count as off.
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        #[cfg(feature = "story-snapshots")]
        crate::strand::opened(&span);
        let mut own = CorrelationId::default();
        attributes.record(&mut own);
        let around = span.parent().and_then(|parent| owner_of(&parent));
        let owner = if is_scope(attributes.metadata()) {
            around.map(|owner| Owner { strict: true, ..owner })
        } else {
            innermost_span(around, own.0.as_deref())
        };
        #[cfg(feature = "cucumber")]
        let owner = {
            let around = owner.as_ref().map(|owner| Arc::clone(&owner.recording));
            let attempt = crate::cucumber::begun(attributes, &span, around);
            attempt.map(|recording| Owner { recording, strict: true }).or(owner)
        };
        keep(&span, owner, own.0.as_deref());
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut own = CorrelationId::default();
        values.record(&mut own);
        let Some(own) = own.0 else { return };
        let Some(span) = context.span(id) else { return };
        let owner = owner_of(&span).or_else(|| directory::home(&own).map(Owner::by_id));
        keep(&span, owner, Some(&own));
    }

    #[cfg(feature = "cucumber")]
    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id) {
            crate::cucumber::ended(&span);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        line::take(|line| {
            let span = context.event_span(event);
            let site = Site::of(event.metadata());
            #[cfg(feature = "story-snapshots")]
            let site = Site { strands: crate::strand::now(span.as_ref()), ..site };
            let around = span.and_then(|span| owner_of(&span));
            match innermost(around, here::innermost()) {
                Some(owner) => {
                    owner.push(line, site);
                    if let Some(id) = line::correlation_id(line) {
                        directory::adopt(&owner, id);
                    }
                }
                None => directory::route(line, site),
            }
        });
    }
}

/// The capture the running code is in, and whether a scope says so.
pub(crate) fn current() -> (Option<Arc<Recording>>, bool) {
    let around = dispatcher::get_default(|dispatch| {
        let registry = dispatch.downcast_ref::<Registry>()?;
        owner_of(&registry.span(dispatch.current_span().id()?)?)
    });
    let strict = around.as_ref().is_some_and(|owner| owner.strict);
    (innermost(around, here::innermost()), strict)
}

/// What the span says, unless the task or thread is in a capture inside of that.
fn innermost(around: Option<Owner>, here: Option<Arc<Recording>>) -> Option<Arc<Recording>> {
    match (around, here) {
        (Some(around), Some(here)) if around.has_inside(&here) => Some(here),
        (Some(around), _) => Some(around.recording),
        (None, here) => here,
    }
}

/// The owner of a new span.
fn innermost_span(around: Option<Owner>, id: Option<&str>) -> Option<Owner> {
    match (around, here::innermost()) {
        (Some(around), Some(here)) if !around.has_inside(&here) => Some(around),
        (_, Some(here)) => Some(Owner { recording: here, strict: false }),
        // The id a span says itself is nearer than what lies around it.
        (around, None) => id.and_then(directory::home).map(Owner::by_id).or(around),
    }
}

impl Owner {
    fn by_id(recording: Arc<Recording>) -> Self {
        Self { recording, strict: false }
    }

    /// Whether a capture of the task or thread is one inside of this one.
    fn has_inside(&self, here: &Arc<Recording>) -> bool {
        here.is_within(&self.recording) && (!self.strict || here.is_in_scope())
    }
}

fn is_scope(metadata: &Metadata<'_>) -> bool {
    metadata.target() == TARGET && metadata.name() == SCOPE
}

fn owner_of<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Owner> {
    let extensions = span.extensions();
    let owner = extensions.get::<Owner>()?;
    Some(Owner { recording: owner.recording.nearest_live()?, strict: owner.strict })
}

fn keep<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, owner: Option<Owner>, id: Option<&str>) {
    let Some(owner) = owner else { return };
    if let Some(id) = id {
        directory::adopt(&owner.recording, id);
    }
    span.extensions_mut().replace(owner);
}

/// Finds the correlation id among a span's fields.
#[derive(Default)]
struct CorrelationId(Option<String>);

impl Visit for CorrelationId {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == CORRELATION_ID && !value.is_empty() {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == CORRELATION_ID {
            self.record_str(field, &format!("{value:?}"));
        }
    }
}
