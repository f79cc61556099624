//! A narration comes to the capture it belongs to, and to no other.

use std::sync::{Arc, Barrier};
use std::thread;

use narration_runtime::{CorrelationId, scope};
use narration_testing::{capture, current};
use tracing::Span;

use crate::failing::report;
use crate::narrating::{admit, ready, spawn};

#[test]
fn threads_hear_their_own_at_the_same_time() {
    let both = Arc::new(Barrier::new(2));
    let tests: Vec<_> = ["one", "two"]
        .map(|engine| {
            let both = Arc::clone(&both);
            thread::spawn(move || {
                let story = capture();
                both.wait();
                spawn(engine);
                both.wait();
                assert_eq!(story.len(), 1, "{story}");
                story.assert_field_present("engine", engine);
            })
        })
        .into();
    tests.into_iter().for_each(|test| test.join().unwrap());
}

#[test]
fn a_thread_that_carries_the_span_is_part_of_the_test() {
    let story = capture();
    let span = Span::current();
    thread::spawn(move || span.in_scope(|| spawn("carried"))).join().unwrap();
    thread::scope(|threads| {
        threads.spawn(|| story.in_scope(|| ready(4)));
    });
    story.assert_order(&["carried", "Engine ready"]);
}

#[test]
fn what_belongs_to_nobody_is_given_to_nobody_and_named_by_a_failing_assertion() {
    let story = capture();
    thread::spawn(|| spawn("astray-1")).join().unwrap();
    assert!(story.is_empty(), "{story}");
    let report = report(|| {
        story.assert_narration_includes("astray-1");
    });
    assert!(report.contains("1 like that belong to no capture"), "{report}");
    assert!(report.contains("[pool-managerd] spawn: Spawning engine astray-1"), "{report}");
    assert!(report.contains("narrating.rs"), "{report}");
}

#[test]
fn a_correlation_id_scoped_in_the_test_brings_home_what_has_no_context() {
    let story = capture();
    let id = CorrelationId::new();
    scope!(correlation_id = &id).in_scope(|| admit(1));
    let elsewhere = id.clone();
    let service = move || scope!(correlation_id = elsewhere).in_scope(|| spawn("correlated"));
    thread::spawn(service).join().unwrap();
    assert_eq!(story.assert_one_correlation_id(), id.as_str());
    story.assert_order(&["Accepted", "correlated"]);
}

#[test]
fn an_id_made_by_the_capture_is_its_own() {
    let story = capture();
    let id = story.correlation_id();
    let service = || scope!(correlation_id = &id).in_scope(|| spawn("asked for"));
    thread::scope(|threads| drop(threads.spawn(service)));
    story.assert_correlation_id(&id);
}

#[test]
fn what_was_told_before_its_id_was_adopted_comes_home_in_its_place() {
    let story = capture();
    let id = CorrelationId::new();
    let service = || scope!(correlation_id = &id).in_scope(|| spawn("early"));
    thread::scope(|threads| drop(threads.spawn(service)));
    assert!(story.is_empty(), "{story}");
    ready(1);
    story.adopt(&id);
    story.assert_order(&["early", "Engine ready"]);
}

#[test]
fn an_id_that_two_captures_share_decides_nothing_and_the_report_says_so() {
    let (one, two) = (capture(), capture());
    drop(two);
    let other = thread::spawn(|| {
        let story = capture();
        story.adopt("req-shared");
        story
    });
    let other = other.join().unwrap();
    one.adopt("req-shared");
    let service = || scope!(correlation_id = "req-shared").in_scope(|| spawn("whose"));
    thread::spawn(service).join().unwrap();
    assert!(one.is_empty() && other.is_empty(), "{one}{other}");
    let report = report(|| {
        one.assert_narration_includes("whose");
    });
    assert!(report.contains("2 captures share their correlation id"), "{report}");
}

#[test]
fn an_inner_capture_hears_its_part_and_the_outer_one_both() {
    let outer = capture();
    spawn("outer");
    let inner = capture();
    spawn("inner");
    let heard = inner.finish();
    spawn("after");
    assert_eq!((outer.len(), heard.len()), (3, 1), "{outer}{heard}");
    heard.assert_narration_includes("engine inner");
}

#[test]
fn a_span_of_the_outer_capture_does_not_hide_the_inner_one() {
    let outer = capture();
    let span = scope!(pool_id = "default");
    let inner = capture();
    span.in_scope(|| spawn("both"));
    assert_eq!((outer.len(), inner.len()), (1, 1));
}

#[test]
fn captures_may_end_in_any_order_and_on_any_thread() {
    let (one, two) = (capture(), capture());
    drop(one);
    spawn("still heard");
    two.assert_narration_includes("still heard");
    thread::spawn(move || drop(two)).join().unwrap();
    let three = capture();
    spawn("heard anew");
    assert_eq!(three.len(), 1, "{three}");
}

#[test]
fn a_finished_story_stays_as_it_is() {
    let story = capture();
    let span = story.span().clone();
    spawn("before");
    let story = story.finish();
    span.in_scope(|| spawn("after"));
    spawn("after");
    assert_eq!(story.len(), 1, "{story}");
}

#[test]
fn the_running_code_knows_its_capture() {
    let story = capture();
    spawn("known");
    assert_eq!(current().events(), story.events());
    narration_testing::assert_narration_includes("known");
    narration_testing::assert_narration_excludes("unknown");
    narration_testing::assert_field_present("pool_id", "default");
    scope!(correlation_id = "req-known").in_scope(|| spawn("known"));
    narration_testing::assert_correlation_id_present("req-known");
    narration_testing::assert_nothing_failed();
    drop(story);
    let report = report(|| drop(current()));
    assert!(report.contains("there is no capture here"), "{report}");
}

#[test]
fn events_of_other_crates_and_of_log_are_heard_as_a_sink_hears_them() {
    let story = capture();
    tracing::warn!(attempt = 2, "password=hunter2-again");
    log::info!("through log");
    let foreign = story.actor("narration-testing").action("log");
    foreign.clone().level(narration_testing::Level::Warn).field("attempt", 2).assert_count(1);
    foreign.text("through log").assert_count(1);
    story.assert_narration_excludes("hunter2");
    story.assert_no_secrets();
}
