//! An export as another implementation of OTLP reads it: Python's.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::collector::Collector;
use crate::service::run;

/// Names a Python that has the package `opentelemetry-proto`; `cargo xtask test` sets it.
const PYTHON: &str = "NARRATION_TEST_OTLP_PYTHON";

const DECODE: &str = r#"
import json, sys
from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
request = ExportLogsServiceRequest()
request.ParseFromString(sys.stdin.buffer.read())
print(json.dumps(MessageToDict(request)))
"#;

#[test]
fn another_implementation_reads_the_same_story() {
    let Some(python) = std::env::var_os(PYTHON) else {
        eprintln!("skipped: {PYTHON} names no Python with opentelemetry-proto");
        return;
    };
    let collector = Collector::http();
    run("exported", &[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.address)]);
    let mut names = Vec::new();
    for body in collector.arrived().log_bodies {
        let mut decoder = Command::new(&python)
            .args(["-c", DECODE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        decoder.stdin.take().unwrap().write_all(&body).unwrap();
        let output = decoder.wait_with_output().unwrap();
        assert!(output.status.success());
        let export: Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let scopes = list(&export["resourceLogs"]).into_iter();
        let scopes = scopes.flat_map(|resource| list(&resource["scopeLogs"]));
        for record in scopes.flat_map(|scope| list(&scope["logRecords"])) {
            names.push(record["eventName"].as_str().unwrap_or_default().to_owned());
            if record["body"]["stringValue"] == "Scanned parcel NL-204-7781" {
                assert_eq!(record["severityText"], "INFO");
                let attributes = record["attributes"].as_array().unwrap();
                let weight = attributes.iter().find(|pair| pair["key"] == "weight_g").unwrap();
                assert_eq!(weight["value"]["intValue"], "1250");
                assert!(record["traceId"].is_string(), "{record}");
            }
        }
    }
    assert_eq!(names.iter().filter(|name| *name == "scanner.scan").count(), 2, "{names:?}");
    assert!(names.iter().any(|name| name == "sorter.route-failed"), "{names:?}");
}
