//! A request of another service as it arrives: its trace, its fields, its times.

use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

use crate::arrived::{Arrived, string};
use crate::collector::Collector;
use crate::service::exported;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// Bits of a span's flags: that it is known, and true, that its parent is of another process.
const REMOTE: u32 = 0x300;
const LOCAL: u32 = 0x100;

fn told() -> Arrived {
    exported("exported-carried", &Collector::grpc(), "grpc")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos().try_into().unwrap()
}

#[test]
fn what_a_context_carries_is_on_every_narration_in_its_type() {
    let arrived = told();
    for remark in ["carried", "recorded"] {
        let log = arrived.remarked(remark);
        assert_eq!(log.attributes["parcel_id"], string("p-9"));
        assert_eq!(log.attributes["picture_size"], Value::IntValue(7));
        // OpenTelemetry has no number as wide as that.
        assert_eq!(log.attributes["weight_g"], string(&u64::MAX.to_string()));
        assert_eq!(log.attributes["drift_mm"], Value::IntValue(-7));
        assert_eq!(log.attributes["fill"], Value::DoubleValue(2.5));
        assert_eq!(log.attributes["fragile"], Value::BoolValue(true));
        assert_eq!(log.attributes["correlation_id"], string("req-far"));
    }
}

#[test]
fn a_request_of_another_process_goes_on_with_its_trace() {
    let arrived = told();
    let request = arrived.span("narration.context");
    assert_eq!((&*request.trace_id, &*request.parent), (TRACE, CALLER));
    assert_eq!((request.kind, request.flags), (SpanKind::Server, REMOTE | 1));
    assert_eq!(request.state, "vendor=x");
    let weigh = arrived.span("sorter.weigh");
    assert_eq!((&*weigh.trace_id, &weigh.parent), (TRACE, &request.span_id));
    assert_eq!((weigh.kind, weigh.flags), (SpanKind::Internal, LOCAL | 1));
    let log = arrived.remarked("carried");
    assert_eq!((&*log.trace_id, &log.span_id, log.flags), (TRACE, &request.span_id, 1));
    assert_eq!(log.attributes["parent_span_id"], string(CALLER));
    for span in &arrived.spans {
        let keys: Vec<_> = span.attributes.keys().filter(|key| key.contains("span_id")).collect();
        assert!(keys.is_empty() && !span.attributes.contains_key("trace_id"), "{span:?}");
    }
}

#[test]
fn what_a_span_of_another_crate_learns_later_is_redacted_and_arrives() {
    let arrived = told();
    let log = arrived.remarked("recorded");
    assert_eq!(log.attributes["speed"], Value::IntValue(4));
    assert_eq!(log.attributes["note"], string("password=[redacted:password]"));
    assert!(!format!("{:?} {:?}", arrived.logs, arrived.spans).contains("hunter2"));
}

#[test]
fn every_record_says_when_it_was_and_whose_it_is() {
    let before = now();
    let arrived = told();
    let between = before..=now();
    assert!(!arrived.logs.is_empty());
    for log in &arrived.logs {
        let [happened, seen] = log.nanoseconds;
        assert!(between.contains(&happened) && happened == seen, "{log:?}");
        assert_eq!(log.scope, "narration", "{log:?}");
    }
}

#[test]
fn an_outcome_that_is_told_by_hand_is_measured() {
    let arrived = told();
    let duration = arrived.durations.iter().find(|duration| {
        duration.attributes.get("action") == Some(&string("routed"))
            && duration.attributes.get("actor") == Some(&string("sorter"))
    });
    assert_eq!(duration.unwrap().attributes["outcome"], string("ok"));
}
