//! Live narrations: those of one story, and of no other.

use std::io;
use std::sync::LazyLock;
use std::thread;

use futures_util::StreamExt as _;
use narration_record::read;
use narration_runtime::{Correlation, LiveItem, ServerSentEvents, Streams, narrate, scope};
use tracing_subscriber::prelude::*;

/// One subscriber for the process: each test reads stories of its own.
static STREAMS: LazyLock<Streams> = LazyLock::new(|| {
    let streams = Streams::new();
    let layer = narration_runtime::layer().with_writer(io::sink).with_streams(streams.clone());
    tracing_subscriber::registry().with(layer).init();
    streams
});

fn under<R>(id: &str, tell: impl FnOnce() -> R) -> R {
    Correlation::with_id(id.parse().unwrap()).span().in_scope(tell)
}

fn step(remark: &str) {
    narrate!(actor = "sorter", action = "step", remark);
}

fn remarks(items: impl IntoIterator<Item = LiveItem>) -> Vec<String> {
    let remark = |item| match item {
        LiveItem::Line(line) => read(&line).unwrap().field("remark").unwrap().to_string(),
        LiveItem::Missed(lines) => format!("missed {lines}"),
    };
    items.into_iter().map(remark).collect()
}

fn all(live: &mut narration_runtime::Live) -> Vec<String> {
    remarks(std::iter::from_fn(|| live.try_next()))
}

#[test]
fn a_reader_gets_its_story_and_no_other_and_nothing_without_one() {
    let mut live = STREAMS.correlation(&"req-own".parse().unwrap());
    step("of nobody");
    under("req-own", || step("first"));
    under("req-own-too", || step("of a longer id"));
    under("req-other", || {
        step("of another");
        under("req-own", || step("second"));
        narrate!(
            actor = "sorter",
            action = "step",
            remark = "own field",
            correlation_id = "req-own"
        );
    });
    under("req-own", || {
        narrate!(actor = "sorter", action = "step", remark = "left", correlation_id = "req-else");
        // An id in any other place is none.
        step("third, on behalf of req-own");
    });
    under("req-other", || step("correlation_id=req-own"));
    assert_eq!(all(&mut live), ["first", "second", "own field", "third, on behalf of req-own"]);
}

#[test]
fn a_job_is_followed_over_threads() {
    let mut live = STREAMS.job("job-live");
    let span = scope!(job_id = "job-live");
    thread::scope(|threads| {
        threads.spawn(|| span.in_scope(|| step("there")));
    });
    scope!(job_id = "job-dead").in_scope(|| step("elsewhere"));
    assert_eq!(all(&mut live), ["there"]);
}

#[test]
fn a_slow_reader_is_told_where_and_how_much_it_missed() {
    let mut live = STREAMS.field_with("job_id", "job-slow", 2);
    let span = scope!(job_id = "job-slow");
    span.in_scope(|| (0..5).for_each(|number| step(&number.to_string())));
    assert_eq!(all(&mut live), ["0", "1", "missed 3"]);
    span.in_scope(|| step("5"));
    assert_eq!(all(&mut live), ["5"]);
}

#[test]
fn who_has_left_is_forgotten() {
    let streams = Streams::new();
    let live = streams.job("job-left");
    assert_eq!(streams.readers(), 1);
    drop(live);
    assert_eq!(streams.readers(), 0);
}

#[tokio::test]
async fn server_sent_events_come_as_they_are_told_and_end_with_the_job() {
    let live = STREAMS.job("job-sse");
    let events = tokio::spawn(ServerSentEvents::new(live).collect::<Vec<_>>());
    let span = scope!(job_id = "job-sse");
    span.in_scope(|| step("line\nbreaks are none of ours"));
    STREAMS.finish("job_id", "job-sse");
    let events: Vec<_> = events.await.unwrap().into_iter().map(Result::unwrap).collect();
    assert_eq!(events.len(), 1);
    let line = events[0].strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap();
    assert_eq!(read(line).unwrap().action, "step");
}
