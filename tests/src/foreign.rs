//! A subscriber that knows nothing of narrations.
//!
//! In: tracing events and spans. Out: [`Seen`], each field in the type it was recorded in. What
//! any other subscriber could leak, this one has seen.

use std::fmt::Debug;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

use crate::capture;

/// One event or span, or what was recorded on a span later.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Which of the three.
    pub kind: Kind,
    /// The callsite's name.
    pub name: &'static str,
    /// The callsite's target.
    pub target: &'static str,
    /// The callsite's level.
    pub level: Level,
    /// The fields, in their order.
    pub fields: Vec<(&'static str, Value)>,
}

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An event.
    Event,
    /// A span that was opened.
    Span,
    /// Fields of an open span.
    Record,
}

/// A value, in the type it was recorded in.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// By `record_str`.
    Str(String),
    /// By `record_u64`.
    U64(u64),
    /// By `record_i64`.
    I64(i64),
    /// By `record_f64`.
    F64(f64),
    /// By `record_bool`.
    Bool(bool),
    /// By anything else.
    Debug(String),
}

impl Seen {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Records everything.
pub(crate) struct Recorder;

impl Recorder {
    fn hear(kind: Kind, metadata: &'static Metadata<'static>, fields: Fields) {
        let (name, target, level) = (metadata.name(), metadata.target(), *metadata.level());
        capture::hear(Seen { kind, name, target, level, fields: fields.0 });
    }
}

impl<S: Subscriber + for<'r> LookupSpan<'r>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        Self::hear(Kind::Span, attributes.metadata(), fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        if let Some(metadata) = context.metadata(id) {
            Self::hear(Kind::Record, metadata, fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        Self::hear(Kind::Event, event.metadata(), fields);
    }
}

#[derive(Default)]
struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    fn push(&mut self, field: &Field, value: Value) {
        self.0.push((field.name(), value));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.push(field, Value::Str(value.to_owned()));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.push(field, Value::U64(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.push(field, Value::I64(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.push(field, Value::F64(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push(field, Value::Bool(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.push(field, Value::Debug(format!("{value:?}")));
    }
}
