//! An OTLP receiver that somebody else wrote, as a process of its own: `otelite`.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::service::run;

/// Names the program; `cargo xtask test` installs it and sets this.
const RECEIVER: &str = "NARRATION_TEST_OTELITE";

struct Receiver {
    process: Child,
    grpc: u16,
    http: u16,
    api: u16,
    _data: tempfile::TempDir,
}

impl Receiver {
    fn start(program: &std::ffi::OsStr) -> Self {
        let data = tempfile::tempdir().unwrap();
        let [grpc, http, api] = free_ports();
        let process = Command::new(program)
            .args(["serve", "--addr", &format!("127.0.0.1:{api}"), "--storage-path"])
            .arg(data.path())
            .env("OTELITE_OTLP_GRPC_PORT", grpc.to_string())
            .env("OTELITE_OTLP_HTTP_PORT", http.to_string())
            .env("OTELITE_DATA_DIR", data.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let receiver = Self { process, grpc, http, api, _data: data };
        for port in [grpc, http, api] {
            until(|| TcpStream::connect(("127.0.0.1", port)).ok());
        }
        receiver
    }

    /// What its interface answers.
    fn get(&self, path: &str) -> Value {
        let address = format!("http://127.0.0.1:{}{path}", self.api);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { reqwest::get(address).await.unwrap().json().await.unwrap() })
    }

    /// Its records with this text, once there are any.
    fn records(&self, body: &str) -> Vec<Value> {
        until(|| {
            let logs = self.get("/api/logs?limit=100")["logs"].as_array().unwrap().clone();
            let found: Vec<_> = logs.into_iter().filter(|log| log["body"] == body).collect();
            (!found.is_empty()).then_some(found)
        })
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Ports that were free a moment ago: the receiver cannot choose by itself.
fn free_ports() -> [u16; 3] {
    let held = [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < patience, "the receiver does not answer");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_receiver_of_somebody_elses_has_the_whole_story_under_one_trace() {
    let Some(program) = std::env::var_os(RECEIVER) else {
        eprintln!("skipped: {RECEIVER} names no receiver");
        return;
    };
    for protocol in ["grpc", "http/protobuf", "http/json"] {
        let receiver = Receiver::start(&program);
        let port = if protocol == "grpc" { receiver.grpc } else { receiver.http };
        let endpoint = format!("http://127.0.0.1:{port}");
        let variables = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
        ];
        run("exported", &variables);
        let scan = receiver.records("Scanned parcel NL-204-7781");
        let [scan] = scan.as_slice() else { panic!("{protocol}: {scan:#?}") };
        assert_eq!(scan["attributes"]["correlation_id"], "req-xyz", "{protocol}: {scan}");
        assert_eq!(scan["severity"], "INFO", "{protocol}: {scan}");
        let failed = receiver.records("Parcel NL-204-7781 has no belt: no belt");
        assert_eq!(failed[0]["trace_id"], scan["trace_id"], "{protocol}: {failed:#?}");
        let trace = scan["trace_id"].as_str().unwrap();
        let spans = until(|| {
            let whole = receiver.get(&format!("/api/traces/{trace}"));
            let names: Vec<String> = whole["spans"]
                .as_array()?
                .iter()
                .filter_map(|span| span["name"].as_str().map(str::to_owned))
                .collect();
            (names.len() >= 2).then_some(names)
        });
        assert!(spans.iter().any(|name| name == "sorter.route"), "{protocol}: {spans:?}");
    }
}
