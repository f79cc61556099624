//! A collector that somebody else wrote, as a process of its own: Rotel, which takes OTLP and
//! inserts into ClickHouse as the OpenTelemetry Collector's exporter does, or that Collector
//! itself, as it is deployed.
//!
//! In: where ClickHouse listens. Out: an address for OTLP.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names a Python that has the package `rotel`; `cargo xtask test` sets it.
const PYTHON: &str = "NARRATION_TEST_ROTEL_PYTHON";

/// Names the OpenTelemetry Collector's distribution with the ClickHouse exporter, which is in no
/// registry that `cargo xtask test` knows.
const OTELCOL: &str = "NARRATION_TEST_OTELCOL";

/// The configuration as it is deployed.
const DEPLOYED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/collector.yaml");

/// The package is a program and what starts it in the background; here it takes this process.
const START: &str = "import os, sys; from rotel.agent import Agent; \
     program = Agent.agent_path; os.chmod(program, 0o755); \
     os.execv(program, [str(program), 'start'] + sys.argv[1:])";

/// A collector that runs.
pub(crate) struct Collector {
    process: Child,
    port: u16,
}

impl Collector {
    /// Starts Rotel; nothing where there is none, which is said. What it says is kept in `folder`.
    pub(crate) fn rotel(clickhouse: u16, folder: &Path) -> Option<Self> {
        let Some(python) = std::env::var_os(PYTHON) else {
            eprintln!("skipped: {PYTHON} names no Python with rotel");
            return None;
        };
        let [http, grpc] = free_ports();
        let mut command = Command::new(python);
        command
            .args(["-c", START, "--exporter", "clickhouse"])
            .args(["--otlp-http-endpoint", &format!("127.0.0.1:{http}")])
            .args(["--otlp-grpc-endpoint", &format!("127.0.0.1:{grpc}")])
            .arg(format!("--clickhouse-exporter-endpoint=http://127.0.0.1:{clickhouse}"))
            .args(["--clickhouse-exporter-compression", "none"]);
        Some(Self::listening(command, http, folder))
    }

    /// The same of the OpenTelemetry Collector, with nothing changed but where it listens and that
    /// it speaks HTTP to ClickHouse.
    pub(crate) fn opentelemetry(clickhouse: u16, folder: &Path) -> Option<Self> {
        let Some(program) = std::env::var_os(OTELCOL) else {
            eprintln!("skipped: {OTELCOL} names no otelcol-contrib");
            return None;
        };
        let [http, grpc, health] = free_ports();
        let mut command = Command::new(program);
        command
            .arg(format!("--config={DEPLOYED}"))
            .arg(format!("--set=receivers.otlp.protocols.http.endpoint=127.0.0.1:{http}"))
            .arg(format!("--set=receivers.otlp.protocols.grpc.endpoint=127.0.0.1:{grpc}"))
            .arg(format!("--set=extensions.health_check.endpoint=127.0.0.1:{health}"))
            .arg("--set=exporters.clickhouse.compress=none")
            .arg("--set=service.telemetry.metrics.level=none")
            .env("CLICKHOUSE_ENDPOINT", format!("http://127.0.0.1:{clickhouse}"))
            .env("CLICKHOUSE_USER", "default")
            .env("CLICKHOUSE_PASSWORD", "");
        Some(Self::listening(command, http, folder))
    }

    /// A collector that takes what comes.
    fn listening(mut command: Command, http: u16, folder: &Path) -> Self {
        let said = File::create(folder.join("collector.log")).unwrap();
        command.stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said);
        let process = command.spawn().unwrap();
        let collector = Self { process, port: http };
        let patience = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", http)).is_err() {
            let said = || std::fs::read_to_string(folder.join("collector.log"));
            assert!(Instant::now() < patience, "the collector does not listen: {:?}", said());
            std::thread::sleep(Duration::from_millis(20));
        }
        collector
    }

    /// What services export to.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end, which it does when everything is written.
    pub(crate) fn stop(mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Ports that were free a moment ago: the collector cannot choose by itself.
fn free_ports<const N: usize>() -> [u16; N] {
    let held = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}
