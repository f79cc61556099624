//! Stories from files beside stories from rows: in goes a story, out comes what both must agree on.

use serde_json::Value;

/// A story without the places of its lines, which are files here and rows there.
#[must_use]
pub fn without_places(story: Value) -> Value {
    match story {
        Value::Object(members) => {
            let members =
                members.into_iter().filter(|(key, _)| !matches!(key.as_str(), "log" | "offset"));
            members.map(|(key, value)| (key, without_places(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_places).collect(),
        other => other,
    }
}
