//! What a span carries beside its rendered fields.
//!
//! In: a span that was opened, and what stands above it. Out: its part of the
//! context, kept in the span itself, so that whatever carries the span —
//! `Instrument`, `.in_current_span()`, another thread — carries the context.
//!
//! A span holds only what it adds; who asks looks upwards. Several layers may
//! see a span: the first of them decides, the others find it decided.

use std::sync::Arc;

use narration_record::Fields;
use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Record};
use tracing_core::{Metadata, dispatcher};
use tracing_subscriber::Registry;
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use super::correlation::Trace;
use super::field::{Collector, ContextField};
use super::{CorrelationId, Link, SpanId, opened, root, uncorrelated};
use crate::builtin;
use crate::emit::{Origin, ending};
use crate::redaction::Rules;

/// What one span adds to the context.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// Whether an operation begins here: its id and its trace are not those of the spans above.
    pub(crate) begins: bool,
    /// The id, where this span has one of its own.
    pub(crate) id: Option<CorrelationId>,
    /// The id a client gave itself.
    pub(crate) client_id: Option<CorrelationId>,
    /// Where in which trace this span stands.
    pub(crate) trace: Option<Place>,
    /// What everything beneath inherits.
    pub(crate) fields: Vec<ContextField>,
    /// What this operation is linked to.
    pub(crate) links: Vec<Link>,
}

/// A span's place in a trace.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The trace, and the span above.
    pub(crate) trace: Trace,
    /// The span itself.
    pub(crate) span_id: SpanId,
}

impl Place {
    /// The place of a span beneath this one.
    pub(crate) fn beneath(&self) -> Self {
        Self { trace: self.continued(), span_id: SpanId::random() }
    }

    /// The trace as it goes on from here.
    pub(crate) fn continued(&self) -> Trace {
        Trace { parent: Some(self.span_id), ..self.trace.clone() }
    }
}

/// A span's part of the context, in the span's extensions.
pub(super) struct Kept(Arc<Carried>);

/// Decides what a new span carries, unless another layer has done so.
pub(crate) fn keep<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    attributes: &Attributes<'_>,
    origin: Option<&'static Origin>,
    rules: &Rules,
) {
    if span.extensions().get::<Kept>().is_some() {
        return;
    }
    let carried = match origin {
        Some(origin) if opened::is_context(origin) => opened::pending(),
        Some(origin) if origin.is_scope() => scope(attributes, origin).map(Arc::new),
        Some(_) => narrated(span, attributes).map(Arc::new),
        None => foreign(attributes, rules).map(Arc::new),
    };
    let Some(carried) = carried else { return };
    if carried.id.is_some() {
        uncorrelated::known();
    }
    let mut extensions = span.extensions_mut();
    if extensions.get_mut::<Kept>().is_none() {
        extensions.insert(Kept(carried));
    }
}

/// The same, and a trace of its own for a `#[narrated]` fn that no trace leads to.
#[cfg(feature = "otel")]
pub(crate) fn keep_or_begin<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    attributes: &Attributes<'_>,
    origin: Option<&'static Origin>,
    rules: &Rules,
) {
    keep(span, attributes, origin, rules);
    let narrated = origin.is_some_and(|origin| !opened::is_context(origin) && !origin.is_scope());
    if narrated && carried(span).is_none_or(|carried| carried.trace.is_none()) {
        let place = Place { trace: Trace::new(), span_id: SpanId::random() };
        update(span, |carried| carried.trace = Some(place));
    }
}

/// What a span carries.
pub(crate) fn carried<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Arc<Carried>> {
    span.extensions().get::<Kept>().map(|Kept(carried)| Arc::clone(carried))
}

/// Adds to a span's rendered fields what it carries and what tracing does not know of.
pub(crate) fn show<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, fields: &mut Fields) {
    let extensions = span.extensions();
    let Some(Kept(carried)) = extensions.get() else { return };
    carried.show(fields);
}

impl Carried {
    /// Writes everything, as the process's own context has no span to record it.
    pub(crate) fn write(&self, fields: &mut Fields) {
        let mut text = |name, text: &str| fields.str(builtin::name(name), text);
        if let Some(id) = &self.id {
            text("correlation_id", id.as_str());
        }
        if let Some(place) = &self.trace {
            text("trace_id", place.trace.trace_id.hex().as_str());
            text("span_id", place.span_id.hex().as_str());
            if let Some(parent) = place.trace.parent {
                text("parent_span_id", parent.hex().as_str());
            }
        }
        self.fields.iter().for_each(|field| field.write(fields));
    }

    /// Adds to rendered fields what tracing does not know of.
    pub(super) fn show(&self, fields: &mut Fields) {
        if self.begins {
            self.fields.iter().for_each(|field| field.write(fields));
            if self.client_id.is_none() {
                fields.hide(builtin::name("client_correlation_id"));
            }
            if self.trace.as_ref().is_some_and(|place| place.trace.parent.is_none()) {
                fields.hide(builtin::name("parent_span_id"));
            }
        } else if let Some(place) = &self.trace {
            if place.trace.parent.is_none() {
                fields.str(builtin::name("trace_id"), place.trace.trace_id.hex().as_str());
            }
            fields.str(builtin::name("span_id"), place.span_id.hex().as_str());
            if let Some(parent) = place.trace.parent {
                fields.str(builtin::name("parent_span_id"), parent.hex().as_str());
            }
        }
    }
}

/// Takes over an id that was recorded on a span after it was opened.
pub(crate) fn record<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    values: &Record<'_>,
    rules: &Rules,
) {
    let Some(id) = id_in(span.metadata(), Some(rules), |visitor| values.record(visitor)) else {
        return;
    };
    uncorrelated::known();
    update(span, |carried| carried.id = Some(id));
}

/// Changes what a span carries.
fn update<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>, change: impl FnOnce(&mut Carried)) {
    let mut extensions = span.extensions_mut();
    match extensions.get_mut::<Kept>() {
        Some(Kept(carried)) => change(Arc::make_mut(carried)),
        None => {
            let mut carried = Carried::default();
            change(&mut carried);
            extensions.insert(Kept(Arc::new(carried)));
        }
    }
}

fn scope(attributes: &Attributes<'_>, origin: &'static Origin) -> Option<Carried> {
    let mut carried = Carried::default();
    attributes.record(&mut Collector { rules: origin.fields, found: &mut carried.fields });
    carried.id = id_in(attributes.metadata(), None, |visitor| attributes.record(visitor));
    // The id is no field of the context but its name.
    carried.fields.retain(|field| field.name != ID);
    (carried.id.is_some() || !carried.fields.is_empty()).then_some(carried)
}

/// A `#[narrated]` fn is a span of its own where there is a trace.
fn narrated<'r, R: LookupSpan<'r>>(
    span: &SpanRef<'r, R>,
    attributes: &Attributes<'_>,
) -> Option<Carried> {
    let trace = place_above(span).map(|above| above.beneath());
    let id = id_in(attributes.metadata(), None, |visitor| attributes.record(visitor));
    (trace.is_some() || id.is_some()).then(|| Carried { id, trace, ..Carried::default() })
}

/// Another crate's span may carry an id as well.
fn foreign(attributes: &Attributes<'_>, rules: &Rules) -> Option<Carried> {
    let id = id_in(attributes.metadata(), Some(rules), |visitor| attributes.record(visitor))?;
    Some(Carried { id: Some(id), ..Carried::default() })
}

/// The place of the nearest span above that has one.
fn place_above<'r, R: LookupSpan<'r>>(span: &SpanRef<'r, R>) -> Option<Place> {
    for above in span.scope().skip(1) {
        if let Some(Kept(carried)) = above.extensions().get()
            && (carried.trace.is_some() || carried.begins)
        {
            return carried.trace.clone();
        }
    }
    root::carried()?.trace.clone()
}

/// Looks at what the current span and those above it carry, the nearest first, and last at what
/// the process was started with, until `look` has seen enough.
pub(super) fn each(mut look: impl FnMut(&Carried) -> bool) {
    let enough = !ending()
        && dispatcher::get_default(|dispatch| {
            let current = dispatch.current_span();
            let registry = dispatch.downcast_ref::<Registry>();
            let Some(span) = registry.zip(current.id()).and_then(|(all, id)| all.span(id)) else {
                return false;
            };
            span.scope().any(|span| {
                span.extensions().get::<Kept>().is_some_and(|Kept(carried)| look(carried))
            })
        });
    if !enough && let Some(carried) = root::carried() {
        look(carried);
    }
}

/// The name of the field that carries the id.
const ID: &str = "correlation_id";

/// The legal id among recorded fields. What other crates recorded goes through the detector, as
/// it does on its way into a line.
fn id_in(
    metadata: &Metadata<'_>,
    rules: Option<&Rules>,
    record: impl FnOnce(&mut dyn Visit),
) -> Option<CorrelationId> {
    let field = metadata.fields().field(ID)?;
    let mut wanted = Wanted { field, rules, id: None };
    record(&mut wanted);
    wanted.id
}

struct Wanted<'w> {
    field: Field,
    rules: Option<&'w Rules>,
    id: Option<CorrelationId>,
}

impl Visit for Wanted<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        if *field != self.field {
            return;
        }
        let harmless = self.rules.is_none_or(|rules| {
            *rules.by_class(text, narration_taxonomy::Class::Text, &[]) == *text
        });
        self.id = text.parse().ok().filter(|_| harmless).or_else(|| self.id.take());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if *field == self.field {
            self.record_str(field, &format!("{value:?}"));
        }
    }
}
