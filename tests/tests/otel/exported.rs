//! Narrations as log records, spans and durations, over all three protocols.

use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::metrics::v1::number_data_point;

use crate::arrived::{Arrived, Span, string};
use crate::collector::Collector;
use crate::service::{exported, run};

fn told(collector: &Collector, protocol: &str) -> Arrived {
    exported("exported", collector, protocol)
}

/// The span of the request itself; what it caused has one of its own.
fn request(arrived: &Arrived) -> &Span {
    let is_it = |span: &&Span| span.attributes.get("correlation_id") == Some(&string("req-xyz"));
    arrived.spans.iter().filter(|span| span.name == "narration.context").find(is_it).unwrap()
}

fn is_whole(arrived: &Arrived) {
    let scans = arrived.named("scanner.scan");
    let scan = scans.iter().find(|scan| scan.body == "Scanned parcel NL-204-7781").unwrap();
    assert_eq!(scan.severity, (9, "INFO".to_owned()));
    let expected = [
        ("actor", string("scanner")),
        ("action", string("scan")),
        ("target", string("NL-204-7781")),
        ("parcel_id", string("NL-204-7781")),
        ("weight_g", Value::IntValue(1250)),
        ("correlation_id", string("req-xyz")),
    ];
    for (key, value) in expected {
        assert_eq!(scan.attributes.get(key), Some(&value), "{key}");
    }
    let request = request(arrived);
    assert_eq!(scan.trace_id, request.trace_id);
    assert_eq!(scan.span_id, request.span_id);
    let route = arrived.span("sorter.route");
    assert_eq!((&route.trace_id, &route.parent), (&request.trace_id, &request.span_id));
    assert_eq!(route.status, Some((2, "no belt".to_owned())));
    assert!(route.nanoseconds > 0);
    assert!(request.status.as_ref().is_none_or(|(code, _)| *code == 0));
    let [failed] = arrived.named("sorter.route-failed")[..] else { panic!("{:#?}", arrived.logs) };
    assert_eq!(failed.span_id, route.span_id);
    assert_eq!(failed.severity, (17, "ERROR".to_owned()));
    let duration = arrived.durations.iter().find(|duration| {
        duration.metric == "narration.action.duration"
            && duration.attributes.get("outcome") == Some(&string("failed"))
    });
    let duration = duration.unwrap();
    assert_eq!((duration.count, duration.unit.as_str()), (1, "s"));
    assert_eq!(duration.attributes.get("actor"), Some(&string("sorter")));
    assert_eq!(duration.attributes.get("action"), Some(&string("route")));
    assert!(arrived.services.iter().all(|name| name == "narration-tests"));
}

#[test]
fn a_story_arrives_whole_over_grpc() {
    is_whole(&told(&Collector::grpc(), "grpc"));
}

#[test]
fn a_story_arrives_whole_as_protobuf_over_http() {
    is_whole(&told(&Collector::http(), "http/protobuf"));
}

#[test]
fn a_story_arrives_whole_as_json_over_http() {
    is_whole(&told(&Collector::http(), "http/json"));
}

#[test]
fn what_another_crate_says_arrives_redacted() {
    let arrived = told(&Collector::grpc(), "grpc");
    let foreign: Vec<_> =
        arrived.logs.iter().filter(|log| log.body.contains("a dependency")).collect();
    let [foreign] = foreign[..] else { panic!("{:#?}", arrived.logs) };
    assert_eq!(foreign.attributes.get("password"), Some(&string("[redacted:secret]")));
    let whole = format!("{:?}", arrived.logs);
    assert!(!whole.contains("hunter2"), "{whole}");
}

#[test]
fn a_fn_that_no_request_called_begins_a_trace() {
    let arrived = told(&Collector::grpc(), "grpc");
    let lonely = arrived.span("sorter.weigh");
    assert_eq!(lonely.parent, "");
    assert_ne!(lonely.trace_id, request(&arrived).trace_id);
    assert!(arrived.named("sorter.weigh").iter().all(|log| log.trace_id == lonely.trace_id));
}

#[test]
fn an_operation_that_was_caused_by_another_links_to_it() {
    let arrived = told(&Collector::http(), "http/protobuf");
    let caused = arrived.spans.iter().find(|span| !span.links.is_empty()).unwrap();
    let request = request(&arrived);
    let [link] = &caused.links[..] else { panic!("{caused:#?}") };
    assert_eq!((&link.trace_id, &link.span_id), (&request.trace_id, &request.span_id));
    assert_eq!(link.attributes["correlation_id"], string("req-xyz"));
    // Sampled, and of another operation, which may be of another process.
    assert_eq!(link.flags, 0x301);
    assert_ne!(caused.trace_id, request.trace_id);
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_sink_loses_arrives_by_sink_and_reason() {
    let collector = Collector::grpc();
    let full = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &*collector.address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("NARRATION_FILE", "/dev/full"),
    ];
    let said = run("many", &full);
    assert!(said.stderr.contains("lost: 100"), "{}", said.stderr);
    let arrived = collector.arrived();
    let lost = arrived.sums.iter().rfind(|sum| sum.metric == "narration.sink.lost").unwrap();
    assert_eq!(lost.unit, "{record}");
    assert_eq!(lost.value, Some(number_data_point::Value::AsInt(100)));
    assert_eq!(lost.attributes.get("narration.sink.name"), Some(&string("/dev/full")));
    assert_eq!(lost.attributes.get("error.type"), Some(&string("disk-full")));
}
