//! Endpoints that are away, refuse, or say nothing: the service goes on and tells what it lost.

use std::net::TcpListener;

use crate::collector::Collector;
use crate::service::run;

#[test]
fn an_endpoint_that_is_away_costs_nothing_but_what_is_counted() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let endpoint = format!("http://127.0.0.1:{port}");
    let said = run("exported-lost", &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    assert!(said.stdout.contains("cannot be exported"), "{}", said.stdout);
    assert!(said.stderr.contains("lost: 10 log records"), "{}", said.stderr);
}

#[test]
fn an_endpoint_that_takes_nothing_in_is_no_reason_to_wait_for_ever() {
    // It accepts connections and never answers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let variables =
        [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()), ("OTEL_EXPORTER_OTLP_TIMEOUT", "200")];
    let said = run("exported-lost", &variables);
    assert!(said.stderr.contains("lost: 10 log records"), "{}", said.stderr);
}

#[test]
fn a_protocol_that_is_none_is_a_fault_of_the_set_up() {
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon"),
    ];
    let said = run("exported", &variables);
    assert!(said.stdout.contains("carrier-pigeon"), "{}", said.stdout);
    assert!(said.stdout.contains("http/protobuf"), "{}", said.stdout);
}

#[test]
fn what_the_exporter_itself_says_is_never_exported() {
    for (collector, protocol) in [(Collector::grpc(), "grpc"), (Collector::http(), "http/protobuf")]
    {
        let variables = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address.as_str()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("RUST_LOG", "trace"),
        ];
        let said = run("exported", &variables);
        // They speak, and it is heard beside the export.
        assert!(said.stdout.contains("\"target\":\"h"), "{protocol}: nothing of hyper or h2");
        let foreign: Vec<_> = collector.arrived().logs;
        let foreign: Vec<_> =
            foreign.iter().filter(|log| !log.attributes.contains_key("actor")).collect();
        assert_eq!(foreign.len(), 1, "{foreign:#?}");
    }
}
