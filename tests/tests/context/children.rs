//! A context into child processes: what a child narrates belongs to what started it.

use std::process::{Command, Output, Stdio};

use narration_record::{Level, Record, Value, read};

use crate::text;

/// A process of the forwarder, in an environment without settings.
fn forwarder(scene: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forwarder"));
    let settings = [
        "RUST_LOG",
        "NARRATION_FORMAT",
        "NARRATION_FILE",
        "NARRATION_PROVENANCE",
        "NARRATION_COVERAGE",
    ];
    let context = ["NARRATION_CORRELATION_ID", "NARRATION_FIELDS", "TRACEPARENT", "TRACESTATE"];
    for name in settings.iter().chain(&context) {
        command.env_remove(name);
    }
    command.arg(scene).stdin(Stdio::null());
    command
}

/// The records of a process and of those it started, and what it said besides.
fn run(command: &mut Command) -> (Vec<Record>, String) {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(status.success(), "{status}: {stderr}");
    let stdout = String::from_utf8(stdout).unwrap();
    (stdout.lines().map(|line| read(line).expect(line)).collect(), stderr)
}

/// The record with this remark.
fn remarked<'r>(records: &'r [Record], remark: &str) -> &'r Record {
    let found = records.iter().find(|record| text(record, "remark").as_deref() == Some(remark));
    found.unwrap_or_else(|| panic!("nobody says {remark:?}: {records:#?}"))
}

#[test]
fn all_that_a_process_hands_on_keeps_the_id() {
    let (records, _) = run(&mut forwarder("work"));
    let steps = [
        ("here", 1),
        ("task", 1),
        ("task, later", 1),
        ("task of a task", 1),
        ("select", 1),
        ("set", 4),
        ("blocking", 1),
        ("thread", 1),
        ("closure", 1),
        ("pool", 32),
        ("channel", 1),
        ("channel, async", 1),
    ];
    let trace = text(remarked(&records, "here"), "trace_id");
    assert!(trace.is_some());
    for (remark, times) in steps {
        let same: Vec<_> = records
            .iter()
            .filter(|record| text(record, "remark").as_deref() == Some(remark))
            .collect();
        assert_eq!(same.len(), times, "{remark}");
        for record in same {
            assert_eq!(text(record, "correlation_id").as_deref(), Some("req-xyz"), "{remark}");
            assert_eq!(text(record, "trace_id"), trace, "{remark}");
        }
    }
    assert_eq!(text(remarked(&records, "outside"), "correlation_id"), None);
    let [here, channel] = ["here", "channel"].map(|step| remarked(&records, step));
    assert_eq!(text(channel, "parent_span_id"), text(here, "span_id"), "the sender's span");
}

#[test]
fn a_childs_narrations_belong_to_what_started_it() {
    for scene in ["parent", "parent-of-tokio"] {
        let (records, stderr) = run(&mut forwarder(scene));
        let parent = remarked(&records, "parent");
        let child = remarked(&records, "child");
        for remark in ["child", "child's thread", "child's fn"] {
            let record = remarked(&records, remark);
            assert_eq!(text(record, "correlation_id").as_deref(), Some("req-xyz"), "{remark}");
            assert_eq!(text(record, "trace_id"), text(parent, "trace_id"), "{remark}");
            assert_eq!(text(record, "session_id").as_deref(), Some("session-abc123"), "{remark}");
            assert_eq!(record.field("weight_g"), Some(&Value::U64(7)), "numbers stay numbers");
            for private in ["gate_code", "recipient"] {
                assert_eq!(text(record, private), None, "{remark}");
            }
        }
        assert_eq!(text(child, "parcel_id").as_deref(), Some("p-1"));
        assert_eq!(text(child, "parent_span_id"), text(parent, "span_id"), "beneath the parent's");
        assert_ne!(text(child, "span_id"), text(parent, "span_id"), "a span of its own");
        let inner = remarked(&records, "child's fn");
        assert_eq!(text(inner, "parent_span_id"), text(child, "span_id"));
        assert_eq!(text(inner, "parcel_id").as_deref(), Some("p-2"), "the nearer says it");
        let own = remarked(&records, "another operation");
        assert_eq!(text(own, "correlation_id").as_deref(), Some("req-own"));
        assert_ne!(text(own, "trace_id"), text(parent, "trace_id"));
        let foreign = records.iter().find(|record| record.action == "log").unwrap();
        assert_eq!(text(foreign, "correlation_id").as_deref(), Some("req-xyz"));
        assert!(stderr.contains("id: Some(CorrelationId(req-xyz))"), "{stderr}");
        assert!(stderr.contains("refused: 0"), "{stderr}");
    }
}

#[test]
fn a_grandchild_belongs_to_it_as_well() {
    let (records, _) = run(&mut forwarder("grandparent"));
    let parents: Vec<_> = records
        .iter()
        .filter(|record| text(record, "remark").as_deref() == Some("parent"))
        .collect();
    let [first, second] = parents[..] else { panic!("{records:#?}") };
    let child = remarked(&records, "child");
    for record in [first, second, child] {
        assert_eq!(text(record, "correlation_id").as_deref(), Some("req-xyz"));
        assert_eq!(text(record, "trace_id"), text(first, "trace_id"));
    }
    assert_eq!(text(child, "parent_span_id"), text(second, "span_id"));
}

#[test]
fn without_a_context_a_process_has_none() {
    let (records, stderr) = run(forwarder("child").env("TRACEPARENT", ""));
    assert_eq!(text(remarked(&records, "child"), "correlation_id"), None);
    assert_eq!(text(remarked(&records, "child"), "trace_id"), None);
    assert!(stderr.contains("id: None"), "{stderr}");
}

#[test]
fn a_traceparent_alone_is_gone_on_with_under_a_new_id() {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let (records, _) = run(forwarder("child").env("TRACEPARENT", parent));
    let child = remarked(&records, "child");
    assert_eq!(text(child, "trace_id").as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    assert_eq!(text(child, "parent_span_id").as_deref(), Some("00f067aa0ba902b7"));
    assert_eq!(text(child, "correlation_id").unwrap().len(), 36);
}

#[test]
fn unsound_variables_are_refused_counted_and_narrated_but_never_repeated() {
    let cases = [
        ("NARRATION_CORRELATION_ID", "evil\u{1b}[31m", "x-correlation-id", "character"),
        ("TRACEPARENT", "00-evil", "traceparent", "length"),
        ("NARRATION_FIELDS", "trace_id=evil", "narration-fields", "name"),
    ];
    for (variable, value, key, reason) in cases {
        let (records, stderr) = run(forwarder("child").env(variable, value));
        let told = &records[0];
        assert_eq!(told.level, Level::Warn, "{told:?}");
        assert_eq!(text(told, "key").as_deref(), Some(key));
        assert_eq!(text(told, "reason").as_deref(), Some(reason));
        assert_eq!(text(told, "length"), Some(value.len().to_string()));
        assert!(!format!("{records:?}").contains("evil"), "{records:#?}");
        assert!(text(remarked(&records, "child"), "correlation_id").is_some(), "a new id");
        assert!(stderr.contains("refused: 1"), "{stderr}");
    }
}

#[test]
fn a_silent_service_still_hands_its_context_on() {
    for filter in ["off", "error", "nobody=info"] {
        let (records, stderr) = run(forwarder("headers").env("RUST_LOG", filter));
        assert_eq!(records, []);
        assert!(stderr.contains("NARRATION_CORRELATION_ID=req-xyz"), "{filter}: {stderr}");
        assert!(stderr.contains("TRACEPARENT=00-"), "{filter}: {stderr}");
    }
    let (records, _) = run(forwarder("parent").env("RUST_LOG", "off"));
    assert_eq!(records, [], "off is off");
}
