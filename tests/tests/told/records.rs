//! The record, to the letter: key order, absent fields, who and what, in four formats.

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use narration_record::{Level, Value};
use narration_runtime::narrate;
use narration_tests::foreign::{self, Kind};
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, Told, told};
use tracing::info_span;
use tracing_subscriber::prelude::*;

/// A request is admitted; its context stands on spans.
fn admission() -> Told {
    told(|| {
        let _request = info_span!("request", correlation_id = "req-xyz").entered();
        let _session = info_span!("session", session_id = "session-abc123").entered();
        let (queue_position, pool_id) = (3, "default");
        narrate!(
            actor = "orchestratord",
            action = "admission",
            target = "session-abc123",
            predicted_start_ms = Duration::from_millis(420),
            queue_position,
            pool_id,
        );
    })
}

/// The line behind its first `start` bytes, which hold the moment.
fn behind(line: &str, start: usize) -> &str {
    line.get(start..).expect("the line is longer than its timestamp")
}

#[test]
fn the_admission_is_this_json_line() {
    let told = admission();
    let [line] = told.lines(Stream::Json)[..] else { panic!("{told:?}") };
    assert!(line.starts_with("{\"timestamp\":\"20"), "{line}");
    assert_eq!(
        behind(line, "{\"timestamp\":\"2026-11-21T18:34:05.123456Z\"".len()),
        concat!(
            r#","level":"info","actor":"orchestratord","action":"admission","target":"session-abc123","#,
            r#""human":"Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'","#,
            r#""correlation_id":"req-xyz","session_id":"session-abc123","#,
            r#""pool_id":"default","queue_position":3,"predicted_start_ms":420}"#,
        )
    );
}

#[test]
fn the_same_event_in_the_three_other_formats() {
    let told = admission();
    let (logfmt, pretty) = (told.lines(Stream::Logfmt)[0], told.lines(Stream::Pretty)[0]);
    assert_eq!(
        behind(logfmt, "timestamp=2026-11-21T18:34:05.123456Z".len()),
        concat!(
            " level=info actor=orchestratord action=admission target=session-abc123",
            " human=\"Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'\"",
            " correlation_id=req-xyz session_id=session-abc123",
            " pool_id=default queue_position=3 predicted_start_ms=420",
        )
    );
    assert_eq!(
        told.text(Stream::Story),
        "[orchestratord] admission: Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'\n"
    );
    assert!(pretty.contains(" INFO "), "{pretty}");
    assert!(pretty.contains("orchestratord"), "{pretty}");
    let text = pretty.find("Accepted request; queued").expect("the text");
    let fields = pretty.find("correlation_id=req-xyz").expect("the context");
    assert!(text < fields, "the fields come after the text: {pretty}");
    assert!(told.text(Stream::Coloured).contains("\u{1b}["), "colours where they are asked for");
    assert_harmless(&told, 1);
}

#[test]
fn a_foreign_subscriber_gets_name_target_text_and_typed_fields() {
    let told = admission();
    let event = told.seen.iter().find(|seen| seen.kind == Kind::Event).expect("one event");
    assert_eq!((event.name, event.target), ("orchestratord.admission", "orchestratord::admission"));
    assert_eq!(event.level, tracing::Level::INFO);
    let names: Vec<&str> = event.fields.iter().map(|(name, _)| *name).collect();
    let head = ["message", "actor", "action", "target"];
    assert_eq!(names, [&head[..], &["pool_id", "queue_position", "predicted_start_ms"]].concat());
    assert_eq!(event.field("queue_position"), Some(&foreign::Value::U64(3)));
    assert_eq!(event.field("pool_id"), Some(&foreign::Value::Str("default".to_owned())));
    let plain = told.text(Stream::Fmt);
    let text = "Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'";
    assert!(plain.contains("INFO") && plain.contains(text), "{plain}");
}

#[test]
fn timestamps_are_utc_in_microseconds_and_do_not_run_back() {
    let told = told(|| {
        for weight_g in 0..50u64 {
            narrate!(actor = "scanner", action = "glance", weight_g);
        }
    });
    let stamps: Vec<_> = told.records().iter().map(|record| record.timestamp).collect();
    assert!(stamps.is_sorted(), "{stamps:?}");
    let line = told.lines(Stream::Json)[0];
    let stamp = line.split('"').nth(3).expect("the first value");
    assert_eq!(stamp.len(), "2026-11-21T18:34:05.123456Z".len());
    assert!(stamp.ends_with('Z'));
}

#[test]
fn whatever_order_a_call_has_the_record_has_the_vocabularys() {
    let told = told(|| {
        narrate!(
            actor = "scanner",
            action = "scan",
            remark = "wet",
            duration_ms = 12u64,
            belt = "north",
            job_id = "job-7",
            weight_g = 3u64,
            correlation_id = "req-1",
            parcel_id = "p-1",
        );
    });
    let names: Vec<String> = told.record().fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["correlation_id", "job_id", "duration_ms", "parcel_id", "weight_g", "belt", "remark"]
    );
}

#[test]
fn what_is_not_there_is_left_out_of_the_line() {
    let told = told(|| {
        let nothing: Option<&str> = None;
        narrate!(
            actor = "scanner",
            action = "inspect",
            human = "Inspecting by {carrier}",
            carrier = nothing,
            weight_g = None::<u64>,
            wait_ms = None::<Duration>,
            fragile = None::<bool>,
            fill = None::<f64>,
            drift_mm = None::<i64>,
            gate_code = None::<String>,
            letter = None::<String>,
            recipient = None::<String>,
        );
    });
    let record = told.record();
    assert_eq!(record.fields, []);
    assert_eq!(record.target, None, "no target, no key");
    assert_eq!(record.human, "Inspecting by none");
    let event = &told.seen[0];
    assert_eq!(event.fields.len(), 3, "message, actor and action: {event:?}");
}

#[test]
fn an_events_own_field_wins_over_its_spans_and_keeps_one_key() {
    let told = told(|| {
        let _span = info_span!("outer", parcel_id = "outer", weight_g = 1u64).entered();
        let _span = info_span!("inner", parcel_id = "inner").entered();
        narrate!(actor = "scanner", action = "scan", parcel_id = "own");
    });
    let record = told.record();
    assert_eq!(told.field("parcel_id").as_deref(), Some("own"));
    assert_eq!(record.target.as_deref(), Some("own"), "the vocabulary's target field");
    assert_eq!(record.field("weight_g"), Some(&Value::U64(1)), "the rest is inherited");
    assert_harmless(&told, 1);
}

#[test]
fn levels_come_from_the_vocabulary_unless_the_call_says_otherwise() {
    let told = told(|| {
        narrate!(actor = "scanner", action = "glance");
        narrate!(actor = "scanner", action = "glance", level = "error");
        narrate!(actor = "sorter", action = "step", level = "debug");
        narrate!(actor = "sorter", action = "route-failed", parcel_id = "p", error = "jam");
    });
    let levels: Vec<Level> = told.records().iter().map(|record| record.level).collect();
    assert_eq!(levels, [Level::Trace, Level::Error, Level::Debug, Level::Error]);
    let seen: Vec<_> = told.seen.iter().map(|seen| seen.level).collect();
    use tracing::Level as Foreign;
    assert_eq!(seen, [Foreign::TRACE, Foreign::ERROR, Foreign::DEBUG, Foreign::ERROR]);
}

#[test]
fn a_target_is_a_field_a_literal_or_any_value() {
    let told = told(|| {
        let belt = "north";
        narrate!(actor = "scanner", action = "scan", parcel_id = "p-1", belt);
        narrate!(actor = "scanner", action = "scan", parcel_id = "p-1", target = belt);
        narrate!(actor = "scanner", action = "scan", parcel_id = "p-1", target = "gate 4");
        narrate!(
            actor = "scanner",
            action = "scan",
            parcel_id = "p-1",
            target = format!("gate {}", 2 + 3)
        );
        narrate!(actor = "scanner", action = "inspect", target = weight_g, weight_g = 12u64);
    });
    let targets: Vec<_> = told.records().into_iter().map(|record| record.target.unwrap()).collect();
    assert_eq!(targets, ["p-1", "north", "gate 4", "gate 5", "12"]);
}

#[test]
fn braces_and_quotes_of_a_text_stay_as_they_are_written() {
    let told = told(|| {
        narrate!(
            actor = "sorter",
            action = "step",
            human = "The \"arm\" moves {{twice}} to {remark}",
            remark = "B\\4"
        );
    });
    assert_eq!(told.human(), "The \"arm\" moves {twice} to B\\4");
    assert_eq!(told.lines(Stream::Story), ["[sorter] step: The \"arm\" moves {twice} to B\\4"]);
}

/// A writer that has no room.
struct Full;

impl io::Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_line_that_its_writer_refuses_is_counted() {
    let layer = narration_runtime::layer().with_writer(|| Full);
    let refused = layer.refused();
    let stack = tracing_subscriber::registry().with(layer);
    tracing::subscriber::with_default(stack, || {
        narrate!(actor = "sorter", action = "step");
        narrate!(actor = "sorter", action = "step");
    });
    assert_eq!(refused.load(Ordering::Relaxed), 2);
}
