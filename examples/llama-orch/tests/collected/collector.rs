//! A collector that somebody else wrote, as a process of its own: Rotel, which takes OTLP and
//! inserts into ClickHouse as the OpenTelemetry Collector's exporter does.
//!
//! In: where ClickHouse listens. Out: an address for OTLP.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names a Python that has the package `rotel`; `cargo xtask test` sets it.
const PYTHON: &str = "NARRATION_TEST_ROTEL_PYTHON";

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
    /// Starts it; nothing where there is none, which is said. What it says is kept in `folder`.
    pub(crate) fn start(clickhouse: u16, folder: &Path) -> Option<Self> {
        let Some(python) = std::env::var_os(PYTHON) else {
            eprintln!("skipped: {PYTHON} names no Python with rotel");
            return None;
        };
        let [http, grpc] = free_ports();
        let said = File::create(folder.join("collector.log")).unwrap();
        let process = Command::new(python)
            .args(["-c", START, "--exporter", "clickhouse"])
            .args(["--otlp-http-endpoint", &format!("127.0.0.1:{http}")])
            .args(["--otlp-grpc-endpoint", &format!("127.0.0.1:{grpc}")])
            .arg(format!("--clickhouse-exporter-endpoint=http://127.0.0.1:{clickhouse}"))
            .args(["--clickhouse-exporter-compression", "none"])
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        let collector = Self { process, port: http };
        let patience = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", http)).is_err() {
            let said = || std::fs::read_to_string(folder.join("collector.log"));
            assert!(Instant::now() < patience, "the collector does not listen: {:?}", said());
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(collector)
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
fn free_ports() -> [u16; 2] {
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}
