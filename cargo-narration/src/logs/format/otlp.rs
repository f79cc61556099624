//! OTLP as JSON: in goes an export of logs or traces, out come its records one by one; a span
//! becomes its start and its end.

mod spans;

use narration_record::{Level, Value as Scalar};
use serde_json::{Map, Value};

use super::Origin;
use super::foreign::{Found, level};
use super::json::scalar;
use crate::logs::moment::of_json;
use crate::logs::{Entry, Nanos, Place, Shape};

/// Whether an object is an export.
pub(super) fn is_export(object: &Map<String, Value>) -> bool {
    object.contains_key("resourceLogs") || object.contains_key("resourceSpans")
}

/// Adds every log record and both ends of every span of an export.
pub(super) fn read(origin: Origin<'_>, export: &Map<String, Value>, entries: &mut Vec<Entry>) {
    let before = entries.len();
    for (resource, record) in records(export, "resourceLogs", "scopeLogs", "logRecords") {
        entries.push(entry(origin, record, resource));
    }
    for (resource, span) in records(export, "resourceSpans", "scopeSpans", "spans") {
        spans::read(origin, span, resource, entries);
    }
    for (item, entry) in entries.iter_mut().skip(before).enumerate() {
        let item = u32::try_from(item).unwrap_or(u32::MAX);
        entry.place = Place { item, ..origin.place };
    }
}

/// What an export holds, each with the attributes of whoever made it.
fn records<'a>(
    export: &'a Map<String, Value>,
    resources: &'a str,
    scopes: &'a str,
    records: &'a str,
) -> impl Iterator<Item = (Option<&'a Value>, &'a Value)> {
    list(export.get(resources)).flat_map(move |resource| {
        let shared = resource.get("resource").and_then(|resource| resource.get("attributes"));
        list(resource.get(scopes))
            .flat_map(move |scope| list(scope.get(records)))
            .map(move |record| (shared, record))
    })
}

fn entry(origin: Origin<'_>, record: &Value, shared: Option<&Value>) -> Entry {
    let mut found = Found {
        time: time(record, "timeUnixNano").or_else(|| time(record, "observedTimeUnixNano")),
        level: severity(record),
        human: record.get("body").map(|body| any_value(body).to_string()),
        fields: Vec::new(),
    };
    attributes(&mut found, record.get("attributes"));
    ids(&mut found, record);
    if let Some(name) = record.get("eventName").and_then(Value::as_str) {
        // The name of a narration is `actor.action`.
        let action = name.rsplit('.').next().unwrap_or(name);
        found.field("action", Scalar::Str(action.to_owned()));
    }
    attributes(&mut found, shared);
    found.finish(origin, Shape::Otlp)
}

/// The ids of the trace; OTLP allows both cases.
fn ids(found: &mut Found, record: &Value) {
    let names =
        [("traceId", "trace_id"), ("spanId", "span_id"), ("parentSpanId", "parent_span_id")];
    for (key, name) in names {
        if let Some(id) = record.get(key).and_then(Value::as_str).filter(|id| !id.is_empty()) {
            found.field(name, Scalar::Str(id.to_ascii_lowercase()));
        }
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// Counts of nanoseconds are written as strings, for JSON's numbers are too small.
fn time(record: &Value, key: &str) -> Option<Nanos> {
    let time = record.get(key)?;
    let nanos = time.as_str().and_then(|text| text.parse().ok()).or_else(|| time.as_i64());
    nanos.filter(|nanos| *nanos > 0).or_else(|| of_json(time).filter(|nanos| *nanos > 0))
}

fn severity(record: &Value) -> Option<Level> {
    let number = record.get("severityNumber").and_then(|number| {
        number
            .as_u64()
            .or_else(|| level(number.as_str()?.strip_prefix("SEVERITY_NUMBER_")?).map(by))
    });
    severity_of(number, record.get("severityText").and_then(Value::as_str))
}

/// The level of OpenTelemetry's number; without one, of its word.
pub(super) fn severity_of(number: Option<u64>, word: Option<&str>) -> Option<Level> {
    match number {
        Some(1..=4) => Some(Level::Trace),
        Some(5..=8) => Some(Level::Debug),
        Some(9..=12) => Some(Level::Info),
        Some(13..=16) => Some(Level::Warn),
        Some(17..) => Some(Level::Error),
        _ => word.and_then(level),
    }
}

fn by(level: Level) -> u64 {
    match level {
        Level::Trace => 1,
        Level::Debug => 5,
        Level::Info => 9,
        Level::Warn => 13,
        Level::Error => 17,
    }
}

fn attributes(found: &mut Found, attributes: Option<&Value>) {
    for attribute in list(attributes) {
        let key = attribute.get("key").and_then(Value::as_str);
        if let (Some(key), Some(value)) = (key, attribute.get("value")) {
            found.field(key, any_value(value));
        }
    }
}

/// The `AnyValue` of OTLP; whole numbers are written as strings.
fn any_value(value: &Value) -> Scalar {
    let Some(members) = value.as_object() else { return scalar(value) };
    let Some((kind, value)) = members.iter().next() else { return Scalar::Str(String::new()) };
    match (kind.as_str(), value) {
        ("intValue", Value::String(digits)) => digits
            .parse()
            .map(Scalar::U64)
            .or_else(|_| digits.parse().map(Scalar::I64))
            .unwrap_or_else(|_| Scalar::Str(digits.clone())),
        _ => scalar(value),
    }
}
