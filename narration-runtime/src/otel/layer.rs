//! The layer that exports.
//!
//! In: events and spans from tracing. Out: log records, spans and durations.
//! What the exporter's own threads say is not among them.

use std::sync::Arc;

use opentelemetry::logs::{AnyValue, LogRecord as _, Logger as _};
use opentelemetry::metrics::Histogram;
use opentelemetry::trace::TraceFlags;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::logs::SdkLogger;
use opentelemetry_sdk::trace::SpanData;
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Subscriber};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope};

use super::exporting::is_exporting;
use super::outbox::Outbox;
use super::record::{Collector, Recorded, severity};
use super::span::{Open, span_id, status, trace_id};
use crate::context::{self, Carried};
use crate::emit::{current_origin, moment};
use crate::layers::{deferred, is_narration, logged, made_safe};
use crate::redaction::Rules;

/// Exports what a service narrates; made by [`Otel::layer`](super::Otel::layer).
///
/// It belongs right above the registry: a `#[narrated]` fn that no request
/// called gets a trace of its own here, which the layers above then show, too.
pub struct OtelLayer {
    pub(super) logger: SdkLogger,
    pub(super) spans: Arc<Outbox<SpanData>>,
    pub(super) durations: Histogram<f64>,
    pub(super) scope: InstrumentationScope,
    pub(super) rules: &'static Rules,
}

/// What an event inherits from the spans around it.
#[derive(Default)]
struct Around {
    attributes: Vec<KeyValue>,
    place: Option<context::Place>,
}

impl OtelLayer {
    /// What must still be done to values: nothing, where the call site did it.
    fn rules_for(&self, metadata: &tracing_core::Metadata<'_>) -> Option<&'static Rules> {
        current_origin(metadata).is_none().then_some(self.rules)
    }

    fn export(&self, event: &Event<'_>, recorded: Recorded, around: Around) {
        let metadata = event.metadata();
        let mut record = self.logger.create_log_record();
        if is_narration(metadata) {
            record.set_event_name(metadata.name());
        } else {
            // The exporter makes this the scope; all narrations have one.
            let logged = logged(event);
            let target = logged.as_ref().unwrap_or(metadata).target();
            record.set_target(made_safe(self.rules, "", target).into_owned());
        }
        let now = moment(current_origin(metadata));
        record.set_timestamp(now);
        record.set_observed_timestamp(now);
        let (number, text) = severity(metadata);
        record.set_severity_number(number);
        record.set_severity_text(text);
        if let Some(body) = recorded.body {
            record.set_body(AnyValue::String(body.into()));
        }
        let known = |around: &KeyValue| recorded.attributes.iter().all(|own| own.key != around.key);
        for KeyValue { key, value, .. } in around.attributes.into_iter().filter(known) {
            record.add_attribute(key, any(value));
        }
        for KeyValue { key, value, .. } in recorded.attributes {
            record.add_attribute(key, any(value));
        }
        if let Some(place) = around.place {
            // A log record has no place of its own for the span above; readers of stories need it.
            if let Some(parent) = place.trace.parent {
                record.add_attribute("parent_span_id", parent.hex().as_str().to_owned());
            }
            let flags = TraceFlags::new(place.trace.flags);
            record.set_trace_context(
                trace_id(place.trace.trace_id),
                span_id(place.span_id),
                Some(flags),
            );
        }
        self.logger.emit(record);
    }

    /// Counts how long an action took.
    fn measure(&self, names: Option<(&str, &str)>, recorded: &Recorded) {
        let (Some((actor, action)), Some(outcome), Some(duration_ms)) =
            (names, &recorded.outcome, recorded.duration_ms)
        else {
            return;
        };
        let seconds = std::time::Duration::from_millis(duration_ms).as_secs_f64();
        self.durations.record(
            seconds,
            &[
                KeyValue::new("actor", actor.to_owned()),
                KeyValue::new("action", action.to_owned()),
                KeyValue::new("outcome", outcome.clone()),
            ],
        );
    }
}

/// Collects what the spans of an event hand down, the nearest first.
fn around<'r, R: LookupSpan<'r>>(scope: Option<Scope<'r, R>>) -> Around {
    let mut around = Around::default();
    for span in scope.into_iter().flatten() {
        let carried = context::carried(&span);
        if let Some(carried) = &carried {
            around.add(context_attributes(carried));
            around.place = around.place.or_else(|| carried.trace.clone());
        }
        if let Some(open) = span.extensions().get::<Open>() {
            around.add(open.attributes.iter().cloned());
        }
    }
    around
}

impl Around {
    fn add(&mut self, attributes: impl Iterator<Item = KeyValue>) {
        for attribute in attributes {
            if self.attributes.iter().all(|known| known.key != attribute.key) {
                self.attributes.push(attribute);
            }
        }
    }
}

/// What a context hands down and tracing does not know of.
fn context_attributes(carried: &Carried) -> impl Iterator<Item = KeyValue> {
    carried.fields.iter().filter_map(|field| Some(KeyValue::new(field.name, value(&field.value)?)))
}

fn value(value: &crate::FieldValue<'_>) -> Option<opentelemetry::Value> {
    use crate::FieldValue::{Bool, Duration, F64, I64, Str, U64};
    Some(match value {
        Str(text) => text.to_string().into(),
        U64(number) => {
            i64::try_from(*number).map_or_else(|_| number.to_string().into(), Into::into)
        }
        I64(number) => (*number).into(),
        F64(number) => (*number).into(),
        Bool(truth) => (*truth).into(),
        // Times were made numbers when they were checked.
        Duration(_) => return None,
    })
}

/// An attribute's value as a log record has it.
fn any(value: opentelemetry::Value) -> AnyValue {
    use opentelemetry::Value::{Bool, F64, I64};
    match value {
        Bool(truth) => AnyValue::Boolean(truth),
        I64(number) => AnyValue::Int(number),
        F64(number) => AnyValue::Double(number),
        other => AnyValue::String(other.as_str().into_owned().into()),
    }
}

/// The ids of a trace go where OpenTelemetry has its own place for them.
fn is_place(name: &str) -> bool {
    matches!(name, "trace_id" | "span_id" | "parent_span_id")
}

impl<S> tracing_subscriber::Layer<S> for OtelLayer
where
    S: Subscriber + for<'r> LookupSpan<'r>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|_| !is_exporting()) else { return };
        let metadata = attributes.metadata();
        context::keep_or_begin(&span, attributes, current_origin(metadata), self.rules);
        let mut recorded = Recorded::default();
        let rules = self.rules_for(metadata);
        attributes.record(&mut Collector { recorded: &mut recorded, rules });
        recorded.attributes.retain(|attribute| !is_place(attribute.key.as_str()));
        span.extensions_mut().insert(Open::new(recorded.attributes));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id).filter(|_| !is_exporting()) else { return };
        let mut recorded = Recorded::default();
        // Nobody knows whose values these are: tracing does not say.
        values.record(&mut Collector { recorded: &mut recorded, rules: Some(self.rules) });
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            open.record(recorded.attributes);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if is_exporting() {
            return;
        }
        let mut recorded = Recorded::default();
        let rules = self.rules_for(event.metadata());
        event.record(&mut Collector { recorded: &mut recorded, rules });
        if rules.is_none()
            && let Some(outcome) = &recorded.outcome
        {
            let span = context.event_span(event);
            let names = span.as_ref().and_then(|span| span.metadata().target().split_once("::"));
            self.measure(names.or_else(|| event.metadata().target().split_once("::")), &recorded);
            if let Some(span) = span
                && let Some(open) = span.extensions_mut().get_mut::<Open>()
            {
                open.ended = status(outcome, recorded.error.as_deref());
            }
        }
        // What is kept until its story is decided is no record of the export's.
        if deferred::way(event) != deferred::Way::Kept {
            self.export(event, recorded, around(context.event_scope(event)));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(open) = span.extensions_mut().remove::<Open>() else { return };
        let Some(carried) = context::carried(&span) else { return };
        if let Some(data) = open.close(span.metadata(), &carried, &self.scope) {
            self.spans.push(data);
        }
    }
}
