//! The engine, behind the HTTP interface that `front.py` gives it, with the logs of a place.
//!
//! In: lines of logs. Out: an address whose table has the rows that the Collector's exporter makes
//! of these lines.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// Names a Python that has the package `chdb`; `cargo xtask test` sets it.
const PYTHON: &str = "NARRATION_TEST_CHDB_PYTHON";

/// The table as it is deployed.
pub(super) const DEPLOYED: &str = include_str!("../../../../deploy/otel_logs.sql");

/// An engine that goes when the test does.
pub(super) struct Engine {
    child: Child,
    pub(super) port: u16,
    _folder: tempfile::TempDir,
}

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
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .args(["-c", include_str!("front.py")])
            .arg(folder.path().join("engine"))
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().unwrap();
        Some(Self { child, port, _folder: folder })
    }

    /// Runs a script, one statement after the other.
    pub(super) fn script(&self, script: &str) {
        let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
        let script = lines.collect::<Vec<_>>().join("\n");
        for statement in script.split(';').filter(|statement| !statement.trim().is_empty()) {
            self.run(statement);
        }
    }

    /// Runs one statement and gives what it says.
    pub(super) fn run(&self, statement: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        write!(stream, "{head}Content-Length: {}\r\n\r\n{statement}", statement.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}\n{statement}");
        answer
    }

    /// Adds the rows that the exporter would make of lines of ours.
    pub(super) fn insert<'a>(&self, lines: impl IntoIterator<Item = &'a str>) {
        let rows: Vec<String> = lines.into_iter().map(|line| row(line).to_string()).collect();
        for rows in rows.chunks(500) {
            let rows = rows.join("\n");
            self.run(&format!("INSERT INTO otel.otel_logs FORMAT JSONEachRow\n{rows}"));
        }
    }

    /// What `--from` takes.
    pub(super) fn address(&self) -> String {
        format!("clickhouse://127.0.0.1:{}/otel", self.port)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It ends with its standard input; who waits for it leaves nobody behind.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
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
