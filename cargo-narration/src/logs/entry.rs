//! One event of a log, whoever wrote it: in goes what a format found, out comes the common form.

use narration_record::{Level, Value};

use super::Nanos;

/// Where a line was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The index of the source.
    pub source: u32,
    /// Where the line begins, in bytes from the start of the (unpacked) source.
    pub offset: u64,
    /// The place among the events of one line, which only OTLP puts together.
    pub item: u32,
}

/// What kind of line an event was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A record of ours, in JSON or logfmt.
    Narration,
    /// JSON or logfmt of another program, `tracing_subscriber` for instance.
    Foreign,
    /// A log record of OpenTelemetry.
    Otlp,
    /// A line without structure that names the id.
    Raw,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// When it happened, where the line says so.
    pub time: Option<Nanos>,
    /// How bad it is.
    pub level: Level,
    /// Who did it: the actor, else the service.
    pub actor: String,
    /// What was done; `log` where the line does not say.
    pub action: String,
    /// What it was done to.
    pub target: Option<String>,
    /// The text.
    pub human: String,
    /// Everything else, nested names joined with a dot.
    pub fields: Vec<(String, Value)>,
    /// What it was read from.
    pub shape: Shape,
}

impl Entry {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text of a field that holds a string which is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.field(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// The value of a field that is a number from zero up.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        number(self.field(name)?)
    }

    /// The id of the request.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.text("correlation_id")
    }

    /// How an operation ended, where this event tells it.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        self.text("outcome")
    }

    /// Whether a field has exactly this value. Texts for people are no fields.
    #[must_use]
    pub fn has_value(&self, wanted: &str) -> bool {
        self.target.as_deref() == Some(wanted)
            || self.fields.iter().any(|(_, value)| match value {
                Value::Str(text) => text == wanted,
                other => other.to_string() == wanted,
            })
    }

    /// The name of the field that has exactly this value.
    #[must_use]
    pub fn key_of(&self, wanted: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(_, value)| match value {
            Value::Str(text) => text == wanted,
            other => other.to_string() == wanted,
        });
        let target = (self.target.as_deref() == Some(wanted)).then_some("target");
        field.map(|(key, _)| key.as_str()).or(target)
    }
}

/// A number from zero up, also one that is written as a text.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::U64(number) => Some(*number as f64),
        Value::F64(number) if *number >= 0.0 => Some(*number),
        Value::Str(text) => text.parse().ok().filter(|number: &f64| *number >= 0.0),
        _ => None,
    }
}
