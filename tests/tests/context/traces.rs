//! Trace and span ids on every narration, with the right parents.

use std::collections::BTreeMap;

use narration_record::Record;
use narration_runtime::{Correlation, TraceParent, inject, narrated, scope};
use narration_tests::harmless::assert_harmless;
use narration_tests::told;

use crate::{step, text};

const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[narrated(actor = "sorter", action = "route")]
fn route(parcel_id: &str) {
    step();
    weigh(parcel_id);
}

#[narrated(actor = "sorter", action = "weigh", human = "Weighing")]
fn weigh(parcel_id: &str) {
    let _ = parcel_id;
    step();
}

/// Trace, span and parent of a record.
fn place(record: &Record) -> (String, String, Option<String>) {
    let [trace, span] = ["trace_id", "span_id"].map(|name| text(record, name).expect(name));
    (trace, span, text(record, "parent_span_id"))
}

#[test]
fn every_fn_is_a_span_beneath_the_one_that_called_it() {
    let told = told(|| {
        let parent: TraceParent = CALLER.parse().unwrap();
        let operation = Correlation::new().with_trace(parent, None);
        operation.span().in_scope(|| {
            step();
            scope!(parcel_id = "p-1").in_scope(|| route("p-1"));
        });
    });
    let records = told.records();
    assert_eq!(told.plot(), ["step", "route", "step", "weigh", "step", "weigh ok", "routed ok"]);
    let places: Vec<_> = records.iter().map(place).collect();
    assert!(places.iter().all(|(trace, ..)| trace == "4bf92f3577b34da6a3ce929d0e0e4736"));
    let [operation, route, inside, weigh, within, weighed, routed] = &places[..] else { panic!() };
    assert_eq!(operation.2.as_deref(), Some("00f067aa0ba902b7"), "the caller's span");
    assert_eq!(route.2.as_ref(), Some(&operation.1));
    assert_eq!([inside, routed], [route; 2], "all of a fn is in its span, its outcome too");
    assert_eq!(weigh.2.as_ref(), Some(&route.1), "a scope is no span of its own");
    assert_eq!([within, weighed], [weigh; 2]);
    assert_ne!(operation.1, route.1);
    assert_ne!(route.1, weigh.1);
    assert_harmless(&told, 7);
}

#[test]
fn a_new_operation_begins_a_trace_without_a_parent() {
    let told = told(|| {
        let operation = Correlation::new();
        operation.span().in_scope(|| route("p-1"));
        operation.span().in_scope(step);
    });
    let records = told.records();
    let (trace, span, parent) = place(&records[0]);
    assert_eq!((trace.len(), span.len()), (32, 16));
    assert!(parent.is_some());
    let (again, other, none) = place(records.last().unwrap());
    assert_eq!(again, trace, "one operation is one trace");
    assert_ne!(other, span, "each time its span is opened it is another span");
    assert_eq!(none, None);
}

#[test]
fn without_a_trace_nothing_is_said_of_one() {
    let told = told(|| {
        route("p-1");
        scope!(correlation_id = "req-xyz").in_scope(|| route("p-1"));
    });
    for record in told.records() {
        for name in ["trace_id", "span_id", "parent_span_id"] {
            assert_eq!(text(&record, name), None, "{record:?}");
        }
    }
}

#[test]
fn the_span_that_is_open_is_the_parent_of_what_is_called() {
    let mut headers = BTreeMap::new();
    let told = told(|| {
        let operation = Correlation::new().with_trace(
            CALLER.parse().unwrap(),
            Some("rojo=00f067aa0ba902b7, congo=t61rcWkgMzE".parse().unwrap()),
        );
        operation.span().in_scope(|| call(&mut headers));
    });
    let (trace, span, _) = place(&told.records()[0]);
    assert_eq!(headers["traceparent"], format!("00-{trace}-{span}-01"));
    assert_eq!(headers["tracestate"], "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE");
}

#[narrated(actor = "sorter", action = "weigh", human = "Weighing")]
fn call(headers: &mut BTreeMap<String, String>) {
    inject(headers);
}

#[test]
fn the_flags_that_are_known_go_on_and_the_others_do_not() {
    let _ = told(|| {
        for (given, goes_on) in [("00", "00"), ("01", "01"), ("03", "03"), ("ff", "03")] {
            let parent = CALLER.replace("-01", &format!("-{given}")).parse().unwrap();
            let mut headers = BTreeMap::new();
            Correlation::new().with_trace(parent, None).span().in_scope(|| inject(&mut headers));
            assert!(headers["traceparent"].ends_with(&format!("-{goes_on}")), "{headers:?}");
        }
        let mut headers = BTreeMap::new();
        Correlation::new().span().in_scope(|| inject(&mut headers));
        assert!(headers["traceparent"].ends_with("-01"), "what is narrated is recorded");
    });
}
