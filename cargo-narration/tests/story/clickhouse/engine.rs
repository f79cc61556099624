//! The engine, with the logs of a place.
//!
//! In: lines of logs. Out: an address whose table has the rows that the Collector's exporter makes
//! of these lines.

use std::io::Write as _;

use clickhouse_engine::PYTHON;
use serde_json::{Value, json};

pub(super) use clickhouse_engine::DEPLOYED;

/// An engine that goes when the test does.
pub(super) struct Engine(clickhouse_engine::Engine);

impl Engine {
    /// Starts an engine; nothing where there is none, which is said.
    pub(super) fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// The same, in an environment of its own.
    pub(super) fn start_with(environment: &[(&str, &str)]) -> Option<Self> {
        let Some(python) = std::env::var_os(PYTHON) else {
            let _ = writeln!(std::io::stderr(), "skipped: {PYTHON} names no Python with chdb");
            return None;
        };
        let near = std::env::temp_dir();
        Some(Self(clickhouse_engine::Engine::start(&python, &near, environment).unwrap()))
    }

    /// Runs a script, one statement after the other.
    pub(super) fn script(&self, script: &str) {
        self.0.script(script).unwrap();
    }

    /// Runs one statement and gives what it says.
    pub(super) fn run(&self, statement: &str) -> String {
        self.0.ask(statement).unwrap()
    }

    /// Adds the rows that the exporter would make of lines of ours.
    pub(super) fn insert<'a>(&self, lines: impl IntoIterator<Item = &'a str>) {
        let rows: Vec<String> = lines.into_iter().map(|line| row(line).to_string()).collect();
        for rows in rows.chunks(500) {
            let rows = rows.join("\n");
            self.run(&format!("INSERT INTO otel.otel_logs FORMAT JSONEachRow\n{rows}"));
        }
    }

    /// Where it listens on this machine.
    pub(super) fn port(&self) -> u16 {
        self.0.port()
    }

    /// What `--from` takes.
    pub(super) fn address(&self) -> String {
        self.0.address()
    }
}

/// A line as a service exports it and the Collector's exporter writes it: every attribute a text,
/// the ids of the trace in columns of their own.
pub(super) fn row(line: &str) -> Value {
    let line: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
    let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default();
    let time: jiff::Timestamp = text("timestamp").parse().unwrap();
    let number = match text("level") {
        "trace" => 1,
        "debug" => 5,
        "info" => 9,
        "warn" => 13,
        _ => 17,
    };
    let elsewhere = ["timestamp", "level", "human", "trace_id", "span_id"];
    let attributes: serde_json::Map<String, Value> = line
        .iter()
        .filter(|(key, _)| !elsewhere.contains(&key.as_str()))
        .map(|(key, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (key.clone(), Value::String(value))
        })
        .collect();
    let nanos = time.as_nanosecond();
    json!({
        "Timestamp": format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000),
        "TraceId": text("trace_id"),
        "SpanId": text("span_id"),
        "SeverityText": text("level").to_uppercase(),
        "SeverityNumber": number,
        "ServiceName": text("actor"),
        "Body": text("human"),
        "ResourceAttributes": { "service.name": text("actor"), "telemetry.sdk.language": "rust" },
        "ScopeName": "narration",
        "LogAttributes": attributes,
        "EventName": format!("{}.{}", text("actor"), text("action")),
    })
}
