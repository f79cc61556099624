//! Tables of every age: whatever the Collector's exporter made over the years, in its newest
//! release as in its first, is told as the services' own logs are.

use clickhouse_engine::without_places;
use serde_json::{Value, json};

use super::engine::{DEPLOYED, Engine, row};
use crate::place::{ADMISSION, BUILD, Place, SPAWN};

const TEXTS: &str = "Map(LowCardinality(String), String)";

/// What a table of some age has, and how its rows come.
struct Age {
    name: &'static str,
    /// Its columns but those of every age.
    columns: String,
    key: &'static str,
    /// The row of a table of today, as the exporter of that age wrote it.
    row: fn(Value) -> Value,
}

fn ages() -> Vec<Age> {
    let texts = format!("ResourceAttributes {TEXTS}, LogAttributes {TEXTS}");
    let scope = "ScopeName String, ScopeVersion String";
    let nanos = "Timestamp DateTime64(9), ServiceName LowCardinality(String)";
    let flags = "TraceFlags UInt8, SeverityNumber UInt8";
    let json = "ResourceAttributes JSON, LogAttributes JSON";
    let keys = "LogAttributesKeys Array(LowCardinality(String))";
    let second = "(ServiceName, toDateTime(Timestamp), Timestamp)";
    let minutes = "(toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)";
    let age = |name, columns, key, row| Age { name, columns, key, row };
    vec![
        age(
            "lists of keys and values, whole seconds",
            "Timestamp DateTime, TraceFlags UInt32, SeverityNumber Int32, \
             ResourceAttributes Nested(Key LowCardinality(String), Value String), \
             LogAttributes Nested(Key LowCardinality(String), Value String)"
                .to_owned(),
            "toUnixTimestamp(Timestamp)",
            nested,
        ),
        age(
            "maps",
            format!("{nanos}, TraceFlags UInt32, SeverityNumber Int32, {texts}"),
            "(ServiceName, SeverityText, toUnixTimestamp(Timestamp), TraceId)",
            same,
        ),
        age(
            "dates beside times",
            format!(
                "{nanos}, TimestampDate Date DEFAULT toDate(Timestamp), TimestampTime DateTime \
                 DEFAULT toDateTime(Timestamp), {flags}, {scope}, {texts}"
            ),
            "(ServiceName, TimestampDate, TimestampTime)",
            same,
        ),
        age(
            "names of events",
            format!(
                "{nanos}, TimestampTime DateTime DEFAULT toDateTime(Timestamp), {flags}, {scope}, \
                 {texts}, EventName String"
            ),
            "(ServiceName, TimestampTime, Timestamp)",
            same,
        ),
        age(
            "five minutes and an index of texts",
            format!(
                "{nanos}, {flags}, {scope}, {texts}, EventName String, `__otel_materialized_k8s.\
                 pod.name` String MATERIALIZED ResourceAttributes['k8s.pod.name'], INDEX ids \
                 mapValues(LogAttributes) TYPE text(tokenizer = 'array')"
            ),
            minutes,
            same,
        ),
        age("JSON", format!("{nanos}, {flags}, {scope}, {json}"), second, typed),
        age("JSON with keys", format!("{nanos}, {flags}, {json}, {keys}"), second, typed),
        age(
            "JSON, five minutes, names of events",
            format!("{nanos}, {flags}, {json}, {keys}, EventName String"),
            minutes,
            typed,
        ),
    ]
}

fn same(row: Value) -> Value {
    row
}

/// Attributes as a list of keys and one of values; the service is one of them.
fn nested(mut row: Value) -> Value {
    for column in ["ResourceAttributes", "LogAttributes"] {
        let members = row[column].as_object().unwrap();
        let keys: Vec<&String> = members.keys().collect();
        let values: Vec<&Value> = members.values().collect();
        row[column] = json!({ "Key": keys, "Value": values });
    }
    row["Timestamp"] = json!(row["Timestamp"].as_str().unwrap().split('.').next());
    row
}

/// Attributes with their types, as the exporter's `json: true` writes them.
fn typed(mut row: Value) -> Value {
    for (name, value) in row["LogAttributes"].as_object_mut().unwrap() {
        let text = value.as_str().unwrap();
        // Ids are texts, whatever they look like.
        if let Ok(typed @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text)
            && !name.ends_with("id")
        {
            *value = typed;
        }
    }
    row
}

/// Lines of three requests, one of which failed, with values of all types.
fn lines() -> Vec<String> {
    let line = |second: u32, request: &str, rest: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:35:{second:02}.000000Z","level":"warn","actor":"gateway","action":"reply","human":"größe \"of\" {request}","correlation_id":"{request}",{rest}}}"#
        )
    };
    let failed = r#""outcome":"failed","duration_ms":2.5,"error":"out of memory","job_id":"42""#;
    let mut lines = vec![
        line(1, "req-0001", r#""http.status":200,"warm":true,"share":0.25,"session_id":"s-1""#),
        line(2, "req-0001", r#""note":"a\\b\n'c' {\"x\":1}","empty":"","session_id":"s-1""#),
        line(7, "req-0002", failed),
    ];
    for (line, second) in [(ADMISSION, "18:34:01"), (SPAWN, "18:34:03"), (BUILD, "18:34:06")] {
        // The first tables have whole seconds.
        let start = line.find("18:34:").unwrap();
        let end = start + line[start..].find('Z').unwrap();
        lines.push(format!("{}{second}.000000{}", &line[..start], &line[end..]));
    }
    lines
}

/// Makes the table.
fn make(engine: &Engine, age: &Age) {
    engine.run("CREATE DATABASE IF NOT EXISTS otel");
    engine.run("DROP TABLE IF EXISTS otel.otel_logs");
    engine.run(&format!(
        "CREATE TABLE otel.otel_logs (TraceId String, SpanId String, SeverityText \
         LowCardinality(String), Body String, {}) ENGINE = MergeTree PARTITION BY \
         toDate(Timestamp) ORDER BY {}",
        age.columns, age.key
    ));
}

/// Makes the table, with these lines in it.
fn fill(engine: &Engine, age: &Age, lines: &[String]) {
    make(engine, age);
    let rows: Vec<String> = lines.iter().map(|line| (age.row)(row(line)).to_string()).collect();
    engine.run(&format!(
        "INSERT INTO otel.otel_logs SETTINGS input_format_skip_unknown_fields = 1, \
         input_format_import_nested_json = 1 FORMAT JSONEachRow\n{}",
        rows.join("\n")
    ));
}

#[test]
fn the_exporters_own_table_of_every_age_tells_what_the_logs_tell() {
    let Some(engine) = Engine::start() else { return };
    let place = Place::new();
    let lines = lines();
    place.log("all.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let from = engine.address();
    for age in ages() {
        fill(&engine, &age, &lines);
        for asked in [
            &["story", "req-0001"][..],
            &["story", "42"],
            &["story", "s-1", "--field", "http.status=200"],
            &["story", "session-abc123", "--since", "2026-11-21T18:34:02Z"],
            &["story", "req-0002", "--around", "10s"],
        ] {
            let files = place.json(&[asked, &["."]].concat());
            let rows = place.json(&[asked, &["--from", &from]].concat());
            assert_eq!(without_places(rows), without_places(files), "{}: {asked:?}", age.name);
        }
        for asked in [
            &["stories"][..],
            &["stories", "--since", "2026-11-21T18:35:00Z", "--format", "json"],
            &["links"],
        ] {
            let files = place.run(&[asked, &["."]].concat());
            let rows = place.run(&[asked, &["--from", &from]].concat());
            assert_eq!((rows.code, rows.out), (files.code, files.out), "{} {}", age.name, rows.err);
        }
    }
}

#[test]
fn a_table_of_any_age_may_be_empty() {
    let Some(engine) = Engine::start() else { return };
    let from = engine.address();
    let place = Place::new();
    for age in ages() {
        make(&engine, &age);
        let said = place.run(&["story", "req-0001", "--from", &from]);
        assert_eq!(said.code, Some(4), "{}: {said:?}", age.name);
        let said = place.run(&["stories", "--from", &from]);
        assert_ne!(said.code, Some(3), "{}: {said:?}", age.name);
    }
}

#[test]
fn attributes_of_attributes_have_their_whole_names() {
    let Some(engine) = Engine::start() else { return };
    engine.run("CREATE DATABASE otel");
    let age = ages().pop().unwrap();
    fill(&engine, &age, &lines());
    engine.run(
        "INSERT INTO otel.otel_logs (Timestamp, ServiceName, SeverityNumber, Body, LogAttributes) \
         VALUES ('2026-11-21 18:36:00', 'billing', 9, 'paid', '{\"correlation_id\":\"req-7\",\
         \"a.b.c.d\":\"deep\",\"list\":[1,\"x\"],\"k8s\":{\"pod\":{\"name\":\"p-1\"}}}')",
    );
    let place = Place::new();
    let story = place.json(&["story", "deep", "--from", &engine.address()]);
    let fields = &story["steps"][0]["fields"];
    assert_eq!((&fields["a.b.c.d"], &fields["k8s.pod.name"]), (&json!("deep"), &json!("p-1")));
    assert_eq!(story["correlation_ids"], json!(["req-7"]), "{story}");
}

#[test]
fn the_deployed_table_is_the_exporters_own_but_for_indexes() {
    // What the newest exporter makes and inserts into, in the order of its own table.
    let columns = [
        ("Timestamp", "DateTime64(9)"),
        ("TraceId", "String"),
        ("SpanId", "String"),
        ("TraceFlags", "UInt8"),
        ("SeverityText", "LowCardinality(String)"),
        ("SeverityNumber", "UInt8"),
        ("ServiceName", "LowCardinality(String)"),
        ("Body", "String"),
        ("ResourceSchemaUrl", "LowCardinality(String)"),
        ("ResourceAttributes", TEXTS),
        ("ScopeSchemaUrl", "LowCardinality(String)"),
        ("ScopeName", "String"),
        ("ScopeVersion", "LowCardinality(String)"),
        ("ScopeAttributes", TEXTS),
        ("LogAttributes", TEXTS),
        ("EventName", "String"),
    ];
    for (name, kind) in columns {
        let column = format!("\n    {name} {kind}");
        assert!(DEPLOYED.contains(&column), "{column}");
    }
}
