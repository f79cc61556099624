//! The common form of another program's line: in go names and values in the order of their
//! weight, out comes an [`Entry`] with each of them once.

use narration_record::{Level, Value};

use super::{Origin, said};
use crate::logs::{Entry, Nanos, Shape};

/// What other services call the one who speaks, the last two by Cloud Logging's labels.
const WHO: [&str; 8] = [
    "actor",
    "service",
    "service.name",
    "service_name",
    "app",
    "application",
    "resource.labels.container_name",
    "resource.labels.service_name",
];

/// What was found in a line so far. What comes first wins.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) time: Option<Nanos>,
    pub(super) level: Option<Level>,
    pub(super) human: Option<String>,
    pub(super) fields: Vec<(String, Value)>,
}

impl Found {
    /// Takes a name and its value in, unless the name is there already.
    pub(super) fn field(&mut self, name: &str, value: Value) {
        if !self.fields.iter().any(|(known, _)| known == name) {
            self.fields.push((name.to_owned(), value));
        }
    }

    fn take(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let at = self.fields.iter().position(|(known, value)| {
                known == name && value.as_str().is_some_and(|text| !text.is_empty())
            })?;
            match self.fields.remove(at).1 {
                Value::Str(text) => Some(text),
                _ => None,
            }
        })
    }

    /// Puts the entry together. An event of a narration that another subscriber wrote has its
    /// names among its fields.
    pub(super) fn finish(mut self, origin: Origin<'_>, shape: Shape) -> Entry {
        self.name_the_request();
        self.name_the_trace();
        said::complete(&mut self);
        let actor = self.take(&WHO).unwrap_or_else(|| origin.service.to_owned());
        Entry {
            place: origin.place,
            time: self.time.or(origin.time),
            level: self.level.unwrap_or(Level::Info),
            actor,
            action: self.take(&["action", "event.name", "event_name"]).unwrap_or("log".to_owned()),
            target: self.take(&["target"]),
            human: self.human.unwrap_or_default(),
            fields: self.fields,
            shape,
        }
    }

    /// The value under a name.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The text under a name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Other services spell the name of the correlation id in their own way.
    fn name_the_request(&mut self) {
        for wanted in ["correlationid", "requestid", "reqid"] {
            if self.fields.iter().any(|(name, _)| name == "correlation_id") {
                return;
            }
            let spelled = self.fields.iter_mut().find(|(name, _)| squeezed(name) == wanted);
            if let Some((name, _)) = spelled {
                "correlation_id".clone_into(name);
            }
        }
    }

    /// So they do with the trace. Where it is a part of a value, that stays beside it.
    fn name_the_trace(&mut self) {
        if self.value("trace_id").is_some() {
            return;
        }
        let is_trace = |name: &str| squeezed(name) == "traceid" || name == "trace.id";
        if let Some((name, _)) = self.fields.iter_mut().find(|(name, _)| is_trace(name)) {
            "trace_id".clone_into(name);
            return;
        }
        let parts = self.fields.iter().filter_map(|(_, value)| trace_of(value.as_str()?));
        if let Some(trace) = parts.map(str::to_owned).next() {
            self.field("trace_id", Value::Str(trace));
        }
    }
}

/// `X-Correlation-Id`, `correlationId` and `http.correlation_id` without what differs.
fn squeezed(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let plain: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    plain.strip_prefix('x').map(str::to_owned).unwrap_or(plain)
}

/// The trace in W3C's `traceparent` and in Cloud Logging's `projects/P/traces/ID`.
fn trace_of(value: &str) -> Option<&str> {
    if let Some(named) = value.strip_prefix("projects/") {
        return named.split_once("/traces/").map(|(_, trace)| trace);
    }
    let mut parts = value.split('-');
    let [version, trace, span, flags] = [(); 4].map(|()| parts.next().unwrap_or_default());
    let lengths = [version, trace, span, flags].map(str::len) == [2, 32, 16, 2];
    let hex = value.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    (lengths && hex && parts.next().is_none()).then_some(trace)
}

/// Reads a level in anybody's words.
pub(super) fn level(word: &str) -> Option<Level> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "trace" | "trc" | "verbose" | "finest" | "10" => Level::Trace,
        "debug" | "dbg" | "fine" | "20" => Level::Debug,
        "info" | "inf" | "information" | "notice" | "30" => Level::Info,
        "warn" | "warning" | "wrn" | "40" => Level::Warn,
        "error" | "err" | "fatal" | "critical" | "crit" | "panic" | "dpanic" | "emerg"
        | "emergency" | "alert" | "severe" | "50" | "60" => Level::Error,
        _ => return None,
    })
}
