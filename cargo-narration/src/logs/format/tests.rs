//! One event, written by everybody.

use narration_record::{Level, Value};

use super::*;

fn read_one(line: &str) -> Entry {
    let mut entries = Vec::new();
    read_line(Place::default(), "pool-managerd", line.as_bytes(), &mut entries);
    assert_eq!(entries.len(), 1, "{line}");
    entries.remove(0)
}

fn assert_is_the_spawn(line: &str, shape: Shape) {
    let entry = read_one(line);
    assert_eq!(entry.time, Some(1_795_286_045_223_456_000), "{line}");
    assert_eq!(entry.level, Level::Warn, "{line}");
    assert_eq!(entry.actor, "pool-managerd", "{line}");
    assert_eq!(entry.human, "Spawning engine", "{line}");
    assert_eq!(entry.correlation_id(), Some("req-xyz"), "{line}");
    assert_eq!(entry.field("slots"), Some(&Value::U64(4)), "{line}");
    assert_eq!(entry.shape, shape, "{line}");
}

const JSON: &str = r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"warn","actor":"pool-managerd","action":"spawn","human":"Spawning engine","correlation_id":"req-xyz","slots":4}"#;

#[test]
fn our_own_records_are_read_whatever_stands_before_them() {
    assert_is_the_spawn(JSON, Shape::Narration);
    let docker = serde_json::json!({ "log": format!("{JSON}\n"), "stream": "stdout", "time": "2026-11-21T18:34:06Z" });
    let journal = serde_json::json!({ "MESSAGE": JSON, "__REALTIME_TIMESTAMP": "1", "_SYSTEMD_UNIT": "x.service" });
    for line in [
        docker.to_string(),
        journal.to_string(),
        format!("2026-11-21T18:34:07Z stdout F {JSON}"),
        format!("pm-1  | {JSON}\r"),
        "timestamp=2026-11-21T18:34:05.223456Z level=warn actor=pool-managerd action=spawn \
         human=\"Spawning engine\" correlation_id=req-xyz slots=4"
            .to_owned(),
    ] {
        assert_is_the_spawn(&line, Shape::Narration);
    }
}

#[test]
fn services_that_still_use_tracing_subscriber_are_read() {
    assert_is_the_spawn(
        r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"WARN","fields":{"message":"Spawning engine","slots":4},"target":"pm::spawn","span":{"name":"spawn"},"spans":[{"correlation_id":"outer","name":"a"},{"correlation_id":"req-xyz","name":"spawn"}]}"#,
        Shape::Foreign,
    );
    assert_is_the_spawn(
        r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"WARN","message":"Spawning engine","slots":4,"X-Request-Id":"req-xyz"}"#,
        Shape::Foreign,
    );
    let narrated = read_one(
        r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"INFO","fields":{"message":"m","actor":"a","action":"b","target":"GPU0"},"target":"a::b"}"#,
    );
    assert_eq!((narrated.actor.as_str(), narrated.action.as_str()), ("a", "b"));
    assert_eq!(narrated.target.as_deref(), Some("GPU0"));
}

#[test]
fn an_export_of_opentelemetry_is_read_record_by_record() {
    assert_is_the_spawn(
        r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pool-managerd"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795286045223456000","severityNumber":13,"body":{"stringValue":"Spawning engine"},"attributes":[{"key":"correlation_id","value":{"stringValue":"req-xyz"}},{"key":"slots","value":{"intValue":"4"}}],"traceId":"4BF92F3577B34DA6A3CE929D0E0E4736"}]}]}]}"#,
        Shape::Otlp,
    );
}

#[test]
fn foreign_logfmt_and_lines_that_end_in_pairs_are_read() {
    for line in [
        r#"time=2026-11-21T18:34:05.223456Z level=warning msg="Spawning engine" correlation_id=req-xyz slots=4"#,
        "2026-11-21T18:34:05.223456Z WARN Spawning engine correlation_id=req-xyz slots=4",
        "2026-11-21T18:34:05.223456Z  WARN request{correlation_id=req-xyz slots=1}:spawn{a=1}: pm::spawn: Spawning engine slots=4",
        "\u{1b}[2m2026-11-21T18:34:05.223456Z\u{1b}[0m \u{1b}[33m WARN\u{1b}[0m \u{1b}[2mpm\u{1b}[0m\u{1b}[2m:\u{1b}[0m Spawning engine \u{1b}[3mcorrelation_id\u{1b}[0m\u{1b}[2m=\u{1b}[0mreq-xyz \u{1b}[3mslots\u{1b}[0m\u{1b}[2m=\u{1b}[0m4",
    ] {
        assert_is_the_spawn(line, Shape::Foreign);
    }
}

#[test]
fn what_is_no_record_is_a_raw_line_and_nothing_else() {
    for line in ["Spawning engine req-xyz", "{\"correlation_id\":\"req-xyz\",\"hum", "{", "}{"] {
        assert_eq!(read_one(line).shape, Shape::Raw, "{line}");
    }
    let mut entries = Vec::new();
    for line in [&b""[..], b"\r", b"\0\0", b"  "] {
        read_line(Place::default(), "x", line, &mut entries);
    }
    assert_eq!(entries, []);
}
