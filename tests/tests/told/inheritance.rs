//! What spans hand down: their own fields, their parents', and what is recorded on them later.

use narration_record::{Record, Value};
use narration_runtime::{narrate, narrated};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, told, told_by};
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span};

fn step() {
    narrate!(actor = "sorter", action = "step");
}

#[test]
fn every_span_above_hands_its_fields_down_and_nearer_ones_win() {
    let told = told(|| {
        let _request = info_span!("request", correlation_id = "req-1", attempt = 1).entered();
        let _job =
            tracing::debug_span!("job", job_id = "job-1", attempt = 2, ratio = 0.5, hot = true)
                .entered();
        step();
        drop(_job);
        step();
    });
    let [inside, outside] = &told.records()[..] else { panic!() };
    let value = |record: &Record, name| record.field(name).cloned();
    assert_eq!(value(inside, "attempt"), Some(Value::U64(2)));
    assert_eq!(value(inside, "ratio"), Some(Value::F64(0.5)));
    assert_eq!(value(inside, "hot"), Some(Value::Bool(true)));
    assert_eq!(value(inside, "job_id"), Some(Value::Str("job-1".to_owned())));
    assert_eq!(value(outside, "attempt"), Some(Value::U64(1)));
    assert_eq!(value(outside, "job_id"), None);
    assert_harmless(&told, 2);
}

#[test]
fn what_is_recorded_later_is_handed_down_from_then_on() {
    let told = told(|| {
        let span = info_span!("job", job_id = Empty, weight_g = Empty).entered();
        step();
        span.record("job_id", "job-1");
        step();
        span.record("job_id", "job-2");
        step();
    });
    let jobs: Vec<_> = told
        .records()
        .iter()
        .map(|record| record.field("job_id").map(ToString::to_string))
        .collect();
    assert_eq!(jobs, [None, Some("job-1".to_owned()), Some("job-2".to_owned())]);
    assert_harmless(&told, 3);
}

#[test]
fn what_is_recorded_later_reaches_spans_that_were_open_already() {
    let told = told(|| {
        let outer = info_span!("request", correlation_id = Empty, attempt = 1).entered();
        let _middle = info_span!("job", attempt = 2).entered();
        let _inner = info_span!("step").entered();
        step();
        outer.record("correlation_id", "req-late");
        outer.record("attempt", 7);
        step();
    });
    let [before, after] = &told.records()[..] else { panic!() };
    assert_eq!(before.field("correlation_id"), None);
    assert_eq!(after.field("correlation_id"), Some(&Value::Str("req-late".to_owned())));
    assert_eq!(after.field("attempt"), Some(&Value::U64(2)), "the nearer span still wins");
    assert_harmless(&told, 2);
}

#[test]
fn what_is_recorded_again_reaches_open_spans_and_those_that_open_later() {
    let told = told(|| {
        let outer = info_span!("request", job_id = Empty).entered();
        let middle = info_span!("job").entered();
        outer.record("job_id", "job-1");
        // The span in the middle has not been looked at since.
        info_span!("step").in_scope(step);
        step();
        outer.record("job_id", "job-2");
        step();
        info_span!("step").in_scope(step);
        drop(middle);
    });
    let jobs: Vec<_> = told
        .records()
        .iter()
        .map(|record| record.field("job_id").map(ToString::to_string).unwrap_or_default())
        .collect();
    assert_eq!(jobs, ["job-1", "job-1", "job-2", "job-2"]);
}

#[test]
fn a_span_inherits_from_the_parent_it_is_given() {
    let told = told(|| {
        let request = info_span!("request", correlation_id = "req-1");
        let _elsewhere = info_span!("elsewhere", correlation_id = "req-2").entered();
        info_span!(parent: &request, "job", job_id = "job-1").in_scope(step);
        info_span!(parent: None, "alone").in_scope(step);
    });
    let ids: Vec<_> = told
        .records()
        .iter()
        .map(|record| record.field("correlation_id").map(ToString::to_string))
        .collect();
    assert_eq!(ids, [Some("req-1".to_owned()), None]);
}

#[tokio::test]
async fn instrumented_futures_keep_their_context_across_waits() {
    let told = told_by(async {
        let one = async {
            step();
            tokio::task::yield_now().await;
            step();
        };
        let other = async {
            step();
            tokio::task::yield_now().await;
            step();
        };
        tokio::join!(
            one.instrument(info_span!("request", correlation_id = "req-1")),
            other.instrument(info_span!("request", correlation_id = "req-2")),
        );
        step();
    })
    .await;
    let id =
        |record: &Record| record.field("correlation_id").map_or(String::new(), ToString::to_string);
    let mut ids: Vec<_> = told.records().iter().map(id).collect();
    assert_eq!(ids.pop().as_deref(), Some(""), "no span is left open");
    // In which order they are polled is up to `join!`.
    ids.sort();
    assert_eq!(ids, ["req-1", "req-1", "req-2", "req-2"]);
}

#[narrated(actor = "sorter", action = "route", target = parcel_id)]
fn route(parcel_id: &str, belt: &str, note: &str) {
    let _ = note;
    step();
    tracing::info!("a dependency speaks");
}

#[test]
fn whitelisted_arguments_are_inherited_and_others_never() {
    let told = told(|| route("p-1", "north", "not in the whitelist"));
    assert_eq!(told.plot(), ["route", "step", "log", "routed ok"]);
    for record in told.records() {
        assert_eq!(record.field("parcel_id"), Some(&Value::Str("p-1".to_owned())), "{record:?}");
        assert_eq!(record.field("belt"), Some(&Value::Str("north".to_owned())), "{record:?}");
    }
    for stream in Stream::ALL {
        assert!(!told.text(stream).contains("whitelist"), "{stream:?}");
    }
}

#[test]
fn the_current_span_may_be_recorded_on_from_inside() {
    #[narrated(actor = "sorter", action = "route", belt = "north")]
    fn weigh_first(parcel_id: &str) {
        Span::current().record("belt", "express");
        step();
    }
    let told = told(|| weigh_first("p-1"));
    let belts: Vec<_> =
        told.records().iter().map(|record| record.field("belt").unwrap().to_string()).collect();
    assert_eq!(belts, ["north", "express", "express"]);
}
