//! A line inside a line: in goes the JSON object that a container or a journal made of a line,
//! out come the events of the line in it.

use serde_json::{Map, Value};

use super::{Origin, journal, read as read_text};
use crate::logs::moment::of_json;
use crate::logs::payload::payload;
use crate::logs::{Entry, Nanos};

/// Under which names a line is carried and nothing else: `docker` and collectors, journals, Loki's
/// `logcli -o jsonl`, CloudWatch, Google's Cloud Logging.
const CARRIERS: [&str; 5] = ["log", "MESSAGE", "line", "@message", "textPayload"];

/// Whether the object only carries a line: `docker`'s json-file, `journalctl -o json`, and
/// collectors that put the line under `log` or `message`.
pub(super) fn read(
    origin: Origin<'_>,
    object: &Map<String, Value>,
    entries: &mut Vec<Entry>,
) -> bool {
    let text = CARRIERS
        .into_iter()
        .chain(["message", "msg"])
        .filter_map(|key| object.get(key)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty());
    let Some(text) = text else { return false };
    let inner = payload(text);
    let structured = inner.text.starts_with('{') || inner.text.contains("level=");
    let carried = CARRIERS.iter().any(|key| object.contains_key(*key));
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
    let keys = ["time", "timestamp", "@timestamp", "ts"];
    let named = keys.into_iter().filter_map(|key| object.get(key)).find_map(of_json);
    named.or_else(|| journal::time(object))
}

fn service(object: &Map<String, Value>) -> Option<&str> {
    let kubernetes = object.get("kubernetes").and_then(Value::as_object);
    let container = kubernetes.and_then(|pod| pod.get("container_name")?.as_str());
    let named = |key: &str| object.get(key).and_then(Value::as_str);
    let labels = object.get("labels").and_then(Value::as_object);
    let labelled = |key: &str| labels.and_then(|labels| labels.get(key)?.as_str());
    container
        .or_else(|| named("container_name").map(|name| name.trim_start_matches('/')))
        .or_else(|| ["service_name", "app", "container"].into_iter().find_map(labelled))
        .or_else(|| journal::service(object))
}
