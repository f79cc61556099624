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
        "2026-11-21 18:34:05,223456 WARN Spawning engine correlation_id=req-xyz slots=4",
        "[2026-11-21 18:34:05.223456] [WARN] Spawning engine correlation_id=req-xyz slots=4",
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

#[test]
fn what_our_sink_gave_to_the_journal_is_read_as_the_record_it_was() {
    let entry = read_one(
        r#"{"MESSAGE":"Spawning engine","PRIORITY":"4","SYSLOG_IDENTIFIER":"pm","NARRATION_TIMESTAMP":"2026-11-21T18:34:05.223456Z","NARRATION_LEVEL":"warn","NARRATION_ACTOR":"pool-managerd","NARRATION_ACTION":"spawn","NARRATION_TARGET":"GPU0","NARRATION_CORRELATION_ID":"req-xyz","NARRATION_SLOTS":"4","__REALTIME_TIMESTAMP":"1795286045999999","_PID":"7"}"#,
    );
    assert_eq!((entry.shape, entry.level), (Shape::Narration, Level::Warn));
    assert_eq!((entry.actor.as_str(), entry.action.as_str()), ("pool-managerd", "spawn"));
    assert_eq!((entry.target.as_deref(), entry.human.as_str()), (Some("GPU0"), "Spawning engine"));
    assert_eq!(entry.time, Some(1_795_286_045_223_456_000));
    assert_eq!(entry.field("correlation_id").map(ToString::to_string), Some("req-xyz".to_owned()));
    assert_eq!(entry.field("slots"), Some(&Value::U64(4)));
    assert_eq!(entry.fields.len(), 2, "{entry:?}");
}

#[test]
fn a_plain_text_in_the_journal_has_the_journals_time_level_and_name() {
    let journal = |message: serde_json::Value| {
        serde_json::json!({ "MESSAGE": message, "PRIORITY": "3", "__REALTIME_TIMESTAMP": "1795286045223456",
            "_SYSTEMD_UNIT": "shipper.service", "_PID": "7" })
        .to_string()
    };
    let entry = read_one(&journal("no carrier request_id=req-xyz".into()));
    assert_eq!((entry.human.as_str(), entry.actor.as_str()), ("no carrier", "shipper"));
    assert_eq!((entry.time, entry.level), (Some(1_795_286_045_223_456_000), Level::Error));
    assert_eq!(entry.fields, [("correlation_id".to_owned(), Value::Str("req-xyz".to_owned()))]);
    let entry = read_one(&journal(b"caf\xe9 closed".to_vec().into()));
    assert_eq!((entry.human.as_str(), entry.level), ("caf\u{fffd} closed", Level::Error));
}

#[test]
fn lines_out_of_log_stores_are_read_as_what_they_carry() {
    let inner = r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"WARN","fields":{"message":"Spawning engine","slots":4},"target":"pm","span":{"correlation_id":"req-xyz"}}"#;
    for line in [
        serde_json::json!({ "labels": { "app": "pool-managerd" }, "line": inner, "timestamp": "1795286045999999999" }),
        serde_json::json!({ "@message": inner, "@timestamp": "2026-11-21 18:34:06.000", "container_name": "pool-managerd" }),
        serde_json::json!({ "severity": "WARNING", "timestamp": "2026-11-21T18:34:05.223456Z",
            "jsonPayload": { "message": "Spawning engine", "correlation_id": "req-xyz", "slots": 4 },
            "resource": { "labels": { "container_name": "pool-managerd" } } }),
    ] {
        let entry = read_one(&line.to_string());
        assert_eq!(
            (entry.actor.as_str(), entry.human.as_str()),
            ("pool-managerd", "Spawning engine"),
            "{line}"
        );
        assert_eq!(
            (entry.time, entry.level),
            (Some(1_795_286_045_223_456_000), Level::Warn),
            "{line}"
        );
        assert_eq!(
            entry.field("correlation_id").map(ToString::to_string),
            Some("req-xyz".to_owned()),
            "{line}"
        );
    }
}

#[test]
fn what_went_wrong_has_one_name_whoever_says_it() {
    for line in [
        r#"{"level":50,"msg":"charge failed","err":{"type":"Error","message":"card declined"}}"#,
        r#"{"log.level":"ERROR","message":"charge failed","error":{"message":"card declined"}}"#,
        r#"{"level":"error","msg":"charge failed","err":"card declined"}"#,
    ] {
        let entry = read_one(line);
        assert_eq!(entry.field("error").and_then(Value::as_str), Some("card declined"), "{line}");
        assert_eq!(entry.level, Level::Error, "{line}");
    }
}
