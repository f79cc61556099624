//! The whole way of a narration beyond one machine: five services export what they narrate over
//! OTLP, a collector that somebody else wrote puts it into ClickHouse, and `cargo narration` tells
//! of the rows what it tells of the services' own logs.
//!
//! In: real processes and sockets. Out: the same stories from both.
#![cfg(unix)]
#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod collector;

use std::path::{Path, PathBuf};
use std::process::Command;

use clickhouse_engine::{DEPLOYED, Engine, PYTHON, without_places};
use llama_orch::api::Stage;
use llama_orch::system::{Setup, System, scenarios, story};
use serde_json::Value;

use collector::Collector;

/// The folder of the services' programs.
fn programs() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_orchestratord")).parent().unwrap()
}

/// The reader, which a run of all tests builds beside the services.
fn reader() -> Option<PathBuf> {
    let reader = programs().join("cargo-narration").with_extension(std::env::consts::EXE_EXTENSION);
    if reader.is_file() {
        return Some(reader);
    }
    eprintln!("skipped: cargo-narration is not built; `cargo build -p cargo-narration` does");
    None
}

/// The engine with the table as it is deployed.
fn engine(near: &Path) -> Option<Engine> {
    let Some(python) = std::env::var_os(PYTHON) else {
        eprintln!("skipped: {PYTHON} names no Python with chdb");
        return None;
    };
    let engine = Engine::start(&python, near, &[]).unwrap();
    engine.script(DEPLOYED).unwrap();
    Some(engine)
}

/// The same with whole numbers as such: of `25.0` a collector may make the text `25`.
fn whole(story: Value) -> Value {
    match story {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => (float as i64).into(),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(whole).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(key, value)| (key, whole(value))).collect()
        }
        other => other,
    }
}

/// A line has microseconds, a row nanoseconds: the table once more, as exact as lines are.
fn as_exact_as_lines(engine: &Engine) {
    let exact = DEPLOYED.replace("otel.otel_logs", "otel.exact");
    engine.script(&exact).unwrap();
    let cut = "fromUnixTimestamp64Nano(intDiv(toUnixTimestamp64Nano(Timestamp), 1000) * 1000)";
    engine
        .ask(&format!(
            "INSERT INTO otel.exact SELECT * REPLACE ({cut} AS Timestamp) FROM otel.otel_logs"
        ))
        .unwrap();
}

struct Reader {
    program: PathBuf,
    logs: PathBuf,
    from: String,
}

impl Reader {
    fn ask(&self, typed: &[&str], of: &[&str]) -> String {
        let output = Command::new(&self.program).args(typed).args(of).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(0), "{typed:?} {of:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What is said of the logs, and of the rows.
    fn both(&self, typed: &[&str]) -> [String; 2] {
        let logs = self.logs.display().to_string();
        [self.ask(typed, &[&logs]), self.ask(typed, &["--from", &self.from])]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_over_a_collector_into_clickhouse_is_told_as_the_logs_tell_it() {
    told_alike(Collector::rotel).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_over_the_deployed_collector_is_told_as_the_logs_tell_it() {
    told_alike(Collector::opentelemetry).await;
}

/// Starts a collector between services and the engine, and reads both ends.
async fn told_alike(start: fn(u16, &Path) -> Option<Collector>) {
    let folder = tempfile::TempDir::with_prefix("collected-").unwrap();
    let (Some(program), Some(engine)) = (reader(), engine(folder.path())) else { return };
    let Some(collector) = start(engine.port(), folder.path()) else { return };
    let logs = folder.path().join("logs");
    let mut setup = Setup::new(programs(), folder.path().join("work"), &logs);
    setup.export = Some(collector.address());
    let system = System::start(&setup).await.unwrap();
    let mut ids = vec!["req-digest", "req-xyz"];
    scenarios::digest(&system).await.unwrap();
    // Without git and a C compiler there is no engine that could answer.
    if scenarios::happy(&system).await.unwrap().stage == Stage::Completed {
        scenarios::crash(&system).await.unwrap();
        scenarios::cancel(&system).await.unwrap();
        ids.extend(["session-abc123", "req-crash", "req-cancel"]);
    }
    system.stop().await;
    collector.stop();
    let rows = engine.ask("SELECT count() FROM otel.otel_logs").unwrap();
    assert_eq!(rows.trim(), story(None, &logs).unwrap().len().to_string(), "rows and lines");
    as_exact_as_lines(&engine);
    let from = engine.address() + "?table=exact";
    let reader = Reader { program, logs, from };
    for id in ids {
        let [logs, rows] = reader.both(&["story", id]);
        assert_eq!(rows, logs, "{id}");
        let [logs, rows] = reader.both(&["story", id, "--format", "json"]);
        let [logs, rows] =
            [logs, rows].map(|story| whole(without_places(serde_json::from_str(&story).unwrap())));
        assert_eq!(rows, logs, "{id}");
    }
    for asked in [&["stories"][..], &["links"], &["stories", "--ending", "failed"]] {
        let [logs, rows] = reader.both(asked);
        assert_eq!(rows, logs, "{asked:?}");
    }
}
