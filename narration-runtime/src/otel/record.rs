//! An event as a log record.
//!
//! In: an event, whose values are safe already or another crate's. Out: event
//! name, body, severity and typed attributes.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Debug;

use opentelemetry::KeyValue;
use opentelemetry::logs::Severity;
use tracing_core::field::{Field, Visit};
use tracing_core::{Level, Metadata};

use crate::layers::{is_secret_number, made_safe};
use crate::redaction::{Rules, SECRET};

/// What an event or a span recorded.
#[derive(Default)]
pub(super) struct Recorded {
    /// The text, where it is an event.
    pub(super) body: Option<String>,
    /// Everything else, in the order of recording.
    pub(super) attributes: Vec<KeyValue>,
    /// The outcome, where it tells one.
    pub(super) outcome: Option<String>,
    /// The error, where it tells one.
    pub(super) error: Option<String>,
    /// How long it took, in milliseconds, where it tells so.
    pub(super) duration_ms: Option<u64>,
}

/// Collects what is recorded.
pub(super) struct Collector<'r> {
    pub(super) recorded: &'r mut Recorded,
    /// What other crates' values become; nothing for those made safe at the call site.
    pub(super) rules: Option<&'static Rules>,
}

impl Collector<'_> {
    fn text(&mut self, field: &Field, text: &str) {
        let name = field.name();
        let text = self.rules.map_or(Cow::Borrowed(text), |rules| made_safe(rules, name, text));
        match name {
            "message" => self.recorded.body = Some(text.into_owned()),
            // What `tracing-log` adds is metadata, not a value.
            _ if name.starts_with("log.") => {}
            _ => {
                match name {
                    "outcome" => self.recorded.outcome = Some(text.to_string()),
                    "error" => self.recorded.error = Some(text.to_string()),
                    _ => {}
                }
                self.recorded.attributes.push(KeyValue::new(name, text.into_owned()));
            }
        }
    }

    fn number(&mut self, field: &Field, value: impl Into<opentelemetry::Value>) {
        let name = field.name();
        if name.starts_with("log.") {
            return;
        }
        let secret = self.rules.is_some() && is_secret_number(name);
        let value = if secret { SECRET.into() } else { value.into() };
        self.recorded.attributes.push(KeyValue::new(name, value));
    }
}

impl Visit for Collector<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "duration_ms" {
            self.recorded.duration_ms = Some(value);
        }
        match i64::try_from(value) {
            Ok(value) => self.number(field, value),
            // OpenTelemetry has no wider number.
            Err(_) => self.number(field, value.to_string()),
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.number(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.number(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let text = crate::story::chain(value);
        self.text(field, &text);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.text(field, &format!("{value:?}"));
    }
}

/// A level as OpenTelemetry's severity, by the table of its log data model.
pub(super) fn severity(metadata: &Metadata<'_>) -> (Severity, &'static str) {
    match *metadata.level() {
        Level::TRACE => (Severity::Trace, "TRACE"),
        Level::DEBUG => (Severity::Debug, "DEBUG"),
        Level::INFO => (Severity::Info, "INFO"),
        Level::WARN => (Severity::Warn, "WARN"),
        Level::ERROR => (Severity::Error, "ERROR"),
    }
}
