//! Entries of systemd's journal: in goes what `journalctl -o json` prints, out come its events.
//!
//! A record that our own sink gave to the journal has its keys in capitals behind `NARRATION_`.
//! Any other text is read as that of a plain log. What the journal knows of the process itself
//! (`_PID`, `_BOOT_ID`) is nobody's request and left out. A text that is a line of JSON never
//! comes here: that line is read in its place.

use narration_record::Level;
use serde_json::{Map, Value};

use super::foreign::{Found, level};
use super::{Origin, json, logfmt};
use crate::logs::moment::{moment, of_json};
use crate::logs::{Entry, Nanos, Shape};

/// What our own sink puts in front of a record's keys.
const OURS: &str = "NARRATION_";

/// Whether the object is an entry of the journal.
pub(super) fn read(
    origin: Origin<'_>,
    object: &Map<String, Value>,
    entries: &mut Vec<Entry>,
) -> bool {
    let Some(text) = object.get("MESSAGE").and_then(text) else { return false };
    if !["PRIORITY", "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "__REALTIME_TIMESTAMP"]
        .iter()
        .any(|key| object.contains_key(*key))
    {
        return false;
    }
    let origin = Origin {
        service: service(object).unwrap_or(origin.service),
        time: time(object).or(origin.time),
        ..origin
    };
    let is_ours =
        ["NARRATION_ACTOR", "NARRATION_ACTION"].iter().all(|key| object.contains_key(*key));
    entries.push(if is_ours { ours(origin, object, text) } else { other(origin, object, text) });
    true
}

fn ours(origin: Origin<'_>, object: &Map<String, Value>, human: String) -> Entry {
    let mut found = Found { human: Some(human), ..Found::default() };
    let said = object.iter().filter_map(|(key, value)| Some((key.strip_prefix(OURS)?, value)));
    for (key, value) in said {
        let text = value.as_str().unwrap_or_default();
        match key {
            "TIMESTAMP" => found.time = moment(text),
            "LEVEL" => found.level = level(text),
            key => found.field(&key.to_ascii_lowercase(), logfmt::value(text)),
        }
    }
    found.finish(origin, Shape::Narration)
}

fn other(origin: Origin<'_>, object: &Map<String, Value>, text: String) -> Entry {
    let mut found = Found::default();
    if !logfmt::fill(&mut found, &text) {
        found.human = Some(text);
    }
    found.level = found.level.or_else(|| priority(object));
    for (key, value) in object {
        let of_the_journal = key.starts_with('_') || key.starts_with("SYSLOG_");
        if !of_the_journal && !["MESSAGE", "PRIORITY"].contains(&key.as_str()) {
            found.field(key, json::scalar(value));
        }
    }
    found.finish(origin, Shape::Foreign)
}

/// A field's text. What is no UTF-8 is printed as a list of bytes.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(bytes) => {
            let bytes = bytes.iter().map(|byte| u8::try_from(byte.as_u64()?).ok());
            Some(String::from_utf8_lossy(&bytes.collect::<Option<Vec<u8>>>()?).into_owned())
        }
        _ => None,
    }
}

/// The level of a syslog severity (RFC 5424, 6.2.1).
fn priority(object: &Map<String, Value>) -> Option<Level> {
    Some(match object.get("PRIORITY")?.as_str()? {
        "0" | "1" | "2" | "3" => Level::Error,
        "4" => Level::Warn,
        "5" | "6" => Level::Info,
        "7" => Level::Debug,
        _ => return None,
    })
}

/// When the process said it, else when the journal took it, in microseconds.
pub(super) fn time(object: &Map<String, Value>) -> Option<Nanos> {
    let keys = ["_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"];
    keys.into_iter().filter_map(|key| object.get(key)).find_map(of_json)
}

/// Whose entry it is.
pub(super) fn service(object: &Map<String, Value>) -> Option<&str> {
    let named = |key: &str| object.get(key).and_then(Value::as_str);
    named("SYSLOG_IDENTIFIER")
        .or_else(|| named("_SYSTEMD_UNIT").map(|unit| unit.trim_end_matches(".service")))
}
