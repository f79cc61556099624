//! A line inside a line: in goes the JSON object that a container or a journal made of a line,
//! out come the events of the line in it.

use serde_json::{Map, Value};

use super::{Origin, read as read_text};
use crate::logs::moment::of_json;
use crate::logs::payload::payload;
use crate::logs::{Entry, Nanos};

/// Whether the object only carries a line: `docker`'s json-file, `journalctl -o json`, and
/// collectors that put the line under `log` or `message`.
pub(super) fn read(
    origin: Origin<'_>,
    object: &Map<String, Value>,
    entries: &mut Vec<Entry>,
) -> bool {
    let text = ["log", "MESSAGE", "message", "msg"]
        .into_iter()
        .filter_map(|key| object.get(key)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty());
    let Some(text) = text else { return false };
    let inner = payload(text);
    let structured = inner.text.starts_with('{') || inner.text.contains("level=");
    let carried = object.contains_key("log") || object.contains_key("MESSAGE");
    if !structured {
        return false;
    }
    let service = service(object).or(inner.service).unwrap_or(origin.service);
    let origin = Origin { service, time: inner.time.or_else(|| time(object)), ..origin };
    // A text that only looks like a line is the text of the object around it.
    let before = entries.len();
    let read = read_text(origin, inner.text, entries);
    if read && !carried && entries[before..].iter().all(|entry| entry.time.is_none()) {
        entries.truncate(before);
        return false;
    }
    read
}

fn time(object: &Map<String, Value>) -> Option<Nanos> {
    let journal = ["_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"];
    let keys = ["time", "timestamp", "@timestamp", "ts"].into_iter().chain(journal);
    keys.filter_map(|key| object.get(key)).find_map(of_json)
}

fn service(object: &Map<String, Value>) -> Option<&str> {
    let kubernetes = object.get("kubernetes").and_then(Value::as_object);
    let container = kubernetes.and_then(|pod| pod.get("container_name")?.as_str());
    let unit = object.get("_SYSTEMD_UNIT").and_then(Value::as_str);
    let unit = unit.map(|unit| unit.trim_end_matches(".service"));
    let named = |key: &str| object.get(key).and_then(Value::as_str);
    container
        .or_else(|| named("container_name").map(|name| name.trim_start_matches('/')))
        .or_else(|| named("SYSLOG_IDENTIFIER"))
        .or(unit)
}
