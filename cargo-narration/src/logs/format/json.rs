//! JSON of other programs: in goes an object, out come its events.
//!
//! `tracing_subscriber` nests: `fields` are the event's own and win over those of its span, an
//! inner span's over an outer's. What stands on top wins over all of them.

use narration_record::Value as Scalar;
use serde_json::{Map, Value};

use super::foreign::{Found, level};
use super::{Origin, journal, otlp, row, spans, wrapped};
use crate::logs::moment::of_json;
use crate::logs::{Entry, Shape};

/// What holds an event's fields: tracing's and OpenTelemetry's names, and Cloud Logging's.
const NESTED: [&str; 5] = ["fields", "span", "spans", "attributes", "jsonPayload"];

/// Under which names the time stands, of loggers, of .NET's compact form and of nginx.
const TIMES: [&str; 11] = [
    "timestamp",
    "time",
    "ts",
    "@timestamp",
    "date",
    "datetime",
    "t",
    "@t",
    "time_iso8601",
    "time_local",
    "msec",
];

/// Whether the text was a JSON object.
pub(super) fn read(origin: Origin<'_>, text: &str, entries: &mut Vec<Entry>) -> bool {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return false };
    if otlp::is_export(&object) {
        otlp::read(origin, &object, entries);
    } else if ![wrapped::read, journal::read, row::read]
        .iter()
        .any(|read| read(origin, &object, entries))
    {
        entries.push(entry(origin, &object));
    }
    true
}

fn entry(origin: Origin<'_>, object: &Map<String, Value>) -> Entry {
    let mut found = Found::default();
    for key in TIMES {
        found.time = found.time.or_else(|| object.get(key).and_then(of_json));
    }
    let mut nested = Vec::new();
    for (key, value) in object {
        match (key.as_str(), value) {
            (key, value) if TIMES.contains(&key) && of_json(value).is_some() => {}
            (key, Value::Object(_) | Value::Array(_)) if NESTED.contains(&key) => nested.push(key),
            (key, value) => top(&mut found, key, value),
        }
    }
    // Loggers of Node.js tell the program's name beside its host and its process.
    if ["hostname", "pid", "name"].iter().all(|key| object.contains_key(*key))
        && let Some((name, _)) = found.fields.iter_mut().find(|(name, _)| name == "name")
    {
        "service".clone_into(name);
    }
    let own = |key: &str| nested.contains(&key).then(|| object.get(key)).flatten();
    for part in ["jsonPayload", "fields", "attributes", "span"].into_iter().filter_map(own) {
        members(&mut found, part);
    }
    // The list of spans begins with the outermost.
    if let Some(Value::Array(spans)) = own("spans") {
        spans.iter().rev().for_each(|span| members(&mut found, span));
    }
    if found.fields.iter().any(|(name, _)| name == "actor") && nested.contains(&"fields") {
        moved_target(&mut found);
    }
    let narrated =
        ["actor", "action"].iter().all(|name| found.fields.iter().any(|(known, _)| known == name));
    if !narrated && nested.contains(&"span") {
        let fields = own("fields").and_then(Value::as_object).unwrap_or(object);
        spans::read(&mut found, |name| fields.contains_key(name));
    }
    found.finish(origin, if narrated { Shape::Narration } else { Shape::Foreign })
}

/// A narration written by `tracing_subscriber`: on top stands tracing's own target, among the
/// fields what the narration acted on.
fn moved_target(found: &mut Found) {
    found.fields.retain(|(name, _)| name != "target");
    if let Some((name, _)) = found.fields.iter_mut().find(|(name, _)| name == "fields.target") {
        "target".clone_into(name);
    }
}

fn members(found: &mut Found, part: &Value) {
    let Value::Object(members) = part else { return };
    for (key, value) in members {
        // The target of an event must not be taken for that of the line.
        let key = if key == "target" { "fields.target" } else { key };
        top(found, key, value);
    }
}

fn top(found: &mut Found, key: &str, value: &Value) {
    match (key, value) {
        (
            "level" | "severity" | "lvl" | "severity_text" | "log.level" | "levelname"
            | "log_level" | "@l",
            value,
        ) if found.level.is_none() => {
            let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            found.level = level(&word);
            if found.level.is_none() {
                add(found, key, value);
            }
        }
        ("human" | "message" | "msg" | "MESSAGE" | "@m", Value::String(text))
            if found.human.is_none() =>
        {
            found.human = Some(text.clone());
        }
        _ => add(found, key, value),
    }
}

/// Adds a value; what is nested gets names with dots, a list becomes its text.
fn add(found: &mut Found, key: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                match format!("{key}.{name}") {
                    level if level == "log.level" => top(found, &level, value),
                    name => add(found, &name, value),
                }
            }
        }
        value => found.field(key, scalar(value)),
    }
}

/// A value without structure.
pub(super) fn scalar(value: &Value) -> Scalar {
    match value {
        Value::String(text) => Scalar::Str(text.clone()),
        Value::Bool(truth) => Scalar::Bool(*truth),
        Value::Number(number) => number
            .as_u64()
            .map(Scalar::U64)
            .or_else(|| number.as_i64().map(Scalar::I64))
            .or_else(|| number.as_f64().map(Scalar::F64))
            .unwrap_or_else(|| Scalar::Str(number.to_string())),
        other => Scalar::Str(other.to_string()),
    }
}
