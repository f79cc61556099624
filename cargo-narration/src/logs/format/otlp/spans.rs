//! A span of OTLP: in goes the span, out come its start and its end, and what happened in it.

use narration_record::{Level, Value as Scalar};
use serde_json::Value;

use super::super::Origin;
use super::super::foreign::Found;
use super::{attributes, ids, list, time};
use crate::logs::{Entry, Nanos, Shape};

/// Adds the start of a span, its events and its end, where the span tells their times.
pub(super) fn read(
    origin: Origin<'_>,
    span: &Value,
    shared: Option<&Value>,
    entries: &mut Vec<Entry>,
) {
    let (start, end) = (time(span, "startTimeUnixNano"), time(span, "endTimeUnixNano"));
    let told = |found: Found| found.finish(origin, Shape::Otlp);
    entries.push(told(part(span, shared, start.or(end))));
    for event in list(span.get("events")) {
        let mut found = Found { time: time(event, "timeUnixNano"), ..Found::default() };
        found.human = event.get("name").and_then(Value::as_str).map(str::to_owned);
        found.level = is_exception(event).then_some(Level::Error);
        attributes(&mut found, event.get("attributes"));
        belong(&mut found, span, shared);
        entries.push(told(found));
    }
    // A span that has not ended has no time for it.
    if let (Some(start), Some(end)) = (start, end) {
        entries.push(told(ended(part(span, shared, Some(end)), span, end.saturating_sub(start))));
    }
}

fn part(span: &Value, shared: Option<&Value>, time: Option<Nanos>) -> Found {
    let name = span.get("name").and_then(Value::as_str).unwrap_or_default();
    let mut found = Found { time, human: Some(name.to_owned()), ..Found::default() };
    // Our own spans are called `actor.action`, those of HTTP servers `GET /path`.
    let action = name.rsplit_once('.').filter(|_| !name.contains([' ', '/']));
    let action = action.map_or(name, |(_, action)| action);
    found.field("action", Scalar::Str(action.to_owned()));
    attributes(&mut found, span.get("attributes"));
    belong(&mut found, span, shared);
    found
}

fn belong(found: &mut Found, span: &Value, shared: Option<&Value>) {
    ids(found, span);
    attributes(found, shared);
}

/// What only the end tells wins over what the span has under the same name.
fn ended(mut found: Found, span: &Value, took: Nanos) -> Found {
    let status = span.get("status");
    let code = status.and_then(|status| status.get("code"));
    let failed = code
        .is_some_and(|code| code.as_u64() == Some(2) || code.as_str() == Some("STATUS_CODE_ERROR"));
    let outcome = if failed { "failed" } else { "ok" };
    found.fields.retain(|(name, _)| !matches!(name.as_str(), "outcome" | "duration_ms"));
    found.field("outcome", Scalar::Str(outcome.to_owned()));
    found.field("duration_ms", Scalar::F64(took as f64 / 1e6));
    if failed {
        found.level = Some(Level::Error);
        let message = status.and_then(|status| status.get("message")).and_then(Value::as_str);
        if let Some(message) = message.filter(|message| !message.is_empty()) {
            found.field("error", Scalar::Str(message.to_owned()));
        }
    }
    found
}

fn is_exception(event: &Value) -> bool {
    event.get("name").and_then(Value::as_str) == Some("exception")
}
