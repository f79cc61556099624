//! What a line says without the words we look for: in go the fields that were found, out come its
//! text, its error and how bad it is, where other fields tell them.
//!
//! Loggers of structured events have a name for the event in place of a text, servers have the
//! request they answered, and what went wrong stands in a trace of the stack.

use narration_record::{Level, Value};

use super::foreign::Found;

/// Where other services put what went wrong, the shortest first: loggers of Node.js, Elastic's and
/// OpenTelemetry's names, .NET's, Python's and Java's.
const WRONG: [&str; 11] = [
    "err.message",
    "error.message",
    "exception.message",
    "err",
    "errorMessage",
    "@x",
    "exception",
    "exc_info",
    "error.stack_trace",
    "stack_trace",
    "stacktrace",
];

/// Adds what is told in other words.
pub(super) fn complete(found: &mut Found) {
    name_the_error(found);
    if let Some(template) = found.text("@mt").map(str::to_owned) {
        let human = filled(&template, found);
        found.human.get_or_insert(human);
    }
    if found.human.as_deref().unwrap_or_default().is_empty() {
        found.human = found.text("event").map(str::to_owned).or_else(|| answered(found));
    }
    if found.level.is_none() && request(found).is_some() {
        found.level = status(found).and_then(|status| match status {
            500.. => Some(Level::Error),
            400.. => Some(Level::Warn),
            _ => None,
        });
    }
}

/// What went wrong stands under `error`, where readers look for it.
fn name_the_error(found: &mut Found) {
    if found.value("error").is_some() {
        return;
    }
    let told = WRONG.into_iter().find_map(|name| Some((name, found.text(name)?)));
    let Some((name, text)) = told else { return };
    let (line, whole) = (the_line(text).to_owned(), text.len());
    // A trace of the stack stays beside the line of it that says what went wrong.
    if line.len() == whole {
        found.fields.retain(|(known, _)| known != name);
    }
    found.field("error", Value::Str(line));
}

/// The line of a trace that says what went wrong: Python's last one, everybody else's first.
fn the_line(trace: &str) -> &str {
    let mut lines = trace.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let line = if trace.starts_with("Traceback") { lines.next_back() } else { lines.next() };
    line.unwrap_or(trace)
}

/// The text of a template of messagetemplates.org: `Invoicing {CustomerId} for {Amount:C}`.
fn filled(template: &str, found: &Found) -> String {
    let (mut text, mut rest) = (String::new(), template);
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((hole, after)) = behind.split_once('}') else { break };
        let name = hole.trim_start_matches(['@', '$']).split([':', ',']).next();
        text.push_str(before);
        match name.and_then(|name| found.value(name)) {
            Some(value) => text.push_str(&value.to_string()),
            None => {
                text.push('{');
                text.push_str(hole);
                text.push('}');
            }
        }
        rest = after;
    }
    text + rest
}

/// The request that a server answered, and how: the names are those of nginx, Apache, Envoy, Caddy
/// and Cloud Logging.
fn answered(found: &Found) -> Option<String> {
    let request = request(found)?;
    Some(match status(found) {
        Some(status) => format!("{request} → {status}"),
        None => request,
    })
}

fn request(found: &Found) -> Option<String> {
    let first = |names: &[&str]| names.iter().find_map(|name| found.text(name));
    if let Some(line) = found.text("request") {
        return Some(line.to_owned());
    }
    let method =
        first(&["request_method", "method", "httpRequest.requestMethod", "request.method"]);
    let path = first(&["request_uri", "uri", "path", "httpRequest.requestUrl", "request.uri"]);
    Some(format!("{} {}", method?, path?))
}

fn status(found: &Found) -> Option<u64> {
    let names = ["status", "status_code", "response_code", "httpRequest.status"];
    let value = names.iter().find_map(|name| found.value(name))?;
    value.to_string().parse().ok().filter(|status| (100..600).contains(status))
}
