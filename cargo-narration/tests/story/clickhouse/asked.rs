//! What is sent: values beside the query, filters in it, and rows of other programs that share a
//! trace.

use super::canned::{Canned, rows};
use super::engine::{DEPLOYED, Engine};
use crate::place::{ADMISSION, Place, SPAWN, deeds};

const NASTY: &str = "req-1') OR 1=1 -- \\ \t`";

#[test]
fn no_value_is_a_part_of_the_query() {
    let none: [&str; 0] = [];
    let place = Place::new();
    let server = Canned::with_table(vec![rows(&none), rows(&none), rows(&none)]);
    let from = server.address();
    let typed = ["--actor", "o'Brien", "--action", "x;y", "--level", "warn", "--since", "24h"];
    let field = ["--field", "pool')=(id", "--from", &from];
    let said = place.run(&[&["story", NASTY][..], &typed, &field].concat());
    assert_eq!(said.code, Some(4), "{said:?}");
    let asked = server.asked();
    let story = &asked[2];
    for part in ["o'Brien", "x;y", "OR 1=1", "pool'", "(id"] {
        assert!(asked.iter().all(|one| !one.sql.contains(part)), "{part}: {}", story.sql);
    }
    for pushed in ["o%27Brien", "x%3By", "OR", "pool%27"] {
        assert!(story.head.contains(pushed), "{pushed}: {}", story.head);
    }
    assert!(story.sql.contains("SeverityNumber >= 13"), "{}", story.sql);
    assert!(story.sql.contains("Timestamp >= fromUnixTimestamp64Nano({p"), "{}", story.sql);
    assert!(asked.iter().all(|one| one.sql.contains("`otel`.`otel_logs`")));
}

#[test]
fn the_engine_compares_with_values_as_they_are() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let place = Place::new();
    for id in ["a'b", "a\\b", "größe/ü?&=%20", "{p0:String}", "a\"b", "100%"] {
        let nasty = serde_json::to_string(id).unwrap();
        let line = ADMISSION.replace("\"req-xyz\"", &nasty);
        engine.insert([line.as_str()]);
        let story = place.json(&["story", id, "--from", &engine.address()]);
        assert_eq!(deeds(&story), ["orchestratord admission"], "{id}");
    }
    let said = place.run(&["story", NASTY, "--from", &engine.address()]);
    assert_eq!(said.code, Some(4), "{said:?}");
}

#[test]
fn programs_that_only_share_the_trace_are_part_of_the_story() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traced = format!("\"correlation_id\":\"req-xyz\",\"trace_id\":\"{trace}\"");
    let traced = |line: &str| line.replace("\"correlation_id\":\"req-xyz\"", &traced);
    engine.insert([traced(ADMISSION).as_str(), traced(SPAWN).as_str()]);
    engine.run(&format!(
        "INSERT INTO otel.otel_logs (Timestamp, TraceId, SeverityNumber, ServiceName, Body, \
         LogAttributes) VALUES (1795286045.2, '{trace}', 13, 'billing', 'card is slow', \
         map('http.status', '200')), (1795286045.2, 'other', 9, 'billing', 'else', map())"
    ));
    let place = Place::new();
    let story = place.json(&["story", "session-abc123", "--from", &engine.address()]);
    assert_eq!(deeds(&story), ["orchestratord admission", "billing log", "pool-managerd spawn"]);
    assert_eq!(story["steps"][1]["human"], "card is slow");
    assert_eq!(story["steps"][1]["fields"]["http.status"], 200);
    let story = place.json(&["story", trace, "--from", &engine.address()]);
    assert_eq!(deeds(&story).len(), 3);
}

#[test]
fn the_exporters_own_table_of_every_age_is_read() {
    let Some(engine) = Engine::start() else { return };
    let place = Place::new();
    for (name, columns) in [
        ("first", "TraceFlags UInt32"),
        ("then", "TimestampTime DateTime DEFAULT toDateTime(Timestamp)"),
        ("now", "TimestampTime DateTime DEFAULT toDateTime(Timestamp), EventName String"),
        ("next", "EventName String"),
    ] {
        engine.run("CREATE DATABASE IF NOT EXISTS otel");
        engine.run("DROP TABLE IF EXISTS otel.otel_logs");
        engine.run(&format!(
            "CREATE TABLE otel.otel_logs (Timestamp DateTime64(9), TraceId String, SpanId String, \
             SeverityText LowCardinality(String), SeverityNumber UInt8, \
             ServiceName LowCardinality(String), Body String, \
             ResourceAttributes Map(LowCardinality(String), String), ScopeName String, \
             LogAttributes Map(LowCardinality(String), String), {columns}, \
             INDEX values mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1) \
             ENGINE = MergeTree ORDER BY (ServiceName, Timestamp)"
        ));
        let rows: Vec<String> =
            [ADMISSION, SPAWN].iter().map(|line| super::engine::row(line).to_string()).collect();
        engine.run(&format!(
            "INSERT INTO otel.otel_logs SETTINGS input_format_skip_unknown_fields = 1 \
             FORMAT JSONEachRow\n{}",
            rows.join("\n")
        ));
        let from = format!("{}?table=otel_logs", engine.address());
        let since = "2026-11-21T18:34:05.2Z";
        let story = place.json(&["story", "session-abc123", "--since", since, "--from", &from]);
        assert_eq!(deeds(&story), ["pool-managerd spawn"], "{name}");
        let said = place.run(&["stories", "--from", &from]);
        said.has("req-xyz").has("1 of 1 requests");
    }
}
