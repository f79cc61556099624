//! Rows of the table that OpenTelemetry's Collector writes into ClickHouse, as JSON: in goes an
//! object, out comes its event.
//!
//! The table keeps every attribute as text. What is written as a number or a truth value is
//! taken for one, unless its name says that it is an id or a text.

use narration_record::Value as Scalar;
use serde_json::{Map, Value};

use super::Origin;
use super::foreign::Found;
use super::otlp::severity_of;
use crate::logs::moment::of_json;
use crate::logs::{Entry, Shape};

/// Names of texts, whatever they look like.
const TEXTS: &[&str] =
    &["actor", "action", "target", "error", "error_kind", "outcome", "caused_by", "id"];

/// Adds the event of a row; answers whether it was one.
pub(super) fn read(
    origin: Origin<'_>,
    object: &Map<String, Value>,
    entries: &mut Vec<Entry>,
) -> bool {
    let Some(Value::Object(attributes)) = object.get("LogAttributes") else { return false };
    let text = |key: &str| object.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let number = object.get("SeverityNumber").and_then(Value::as_u64);
    let time = object.get("UnixNano").or_else(|| object.get("Timestamp"));
    let mut found = Found {
        time: time.and_then(of_json),
        level: severity_of(number.filter(|number| *number > 0), text("SeverityText")),
        human: text("Body").map(str::to_owned),
        fields: Vec::new(),
    };
    for (name, value) in attributes {
        if let Some(value) = value.as_str() {
            found.field(name, typed(name, value));
        }
    }
    for (column, name) in [("TraceId", "trace_id"), ("SpanId", "span_id")] {
        if let Some(id) = text(column) {
            found.field(name, Scalar::Str(id.to_owned()));
        }
    }
    if let Some(name) = text("EventName") {
        // The name of a narration is `actor.action`.
        let action = name.rsplit('.').next().unwrap_or(name);
        found.field("action", Scalar::Str(action.to_owned()));
    }
    if let Some(service) = text("ServiceName") {
        found.field("service.name", Scalar::Str(service.to_owned()));
    }
    let mut entry = found.finish(origin, Shape::Otlp);
    // It named the actor, or the actor is known better.
    entry.fields.retain(|(name, _)| name != "service.name");
    entries.push(entry);
    true
}

fn typed(name: &str, text: &str) -> Scalar {
    let is_text = TEXTS.contains(&name) || name.ends_with("_id") || name.ends_with(".id");
    let same = |value: &Scalar| value.to_string() == text;
    let value = match text {
        _ if is_text => None,
        "true" => Some(Scalar::Bool(true)),
        "false" => Some(Scalar::Bool(false)),
        _ => {
            text.parse().map(Scalar::U64).or_else(|_| text.parse().map(Scalar::I64)).ok().or_else(
                || text.contains(['.', 'e']).then(|| text.parse().ok().map(Scalar::F64))?,
            )
        }
    };
    value.filter(same).unwrap_or_else(|| Scalar::Str(text.to_owned()))
}
