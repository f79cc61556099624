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
fn ids_that_rows_lead_to_are_asked_for_as_they_are() {
    let Some(engine) = Engine::start() else { return };
    engine.script(DEPLOYED);
    let place = Place::new();
    let long = "long-".repeat(5_000);
    let nasty = [
        "a\0b",
        "\u{1}\u{7f}\u{80}",
        "')--",
        "\\x41\\N",
        "\r\n\t",
        "🦀\u{202e}é",
        "{p1:String}",
        &long,
    ];
    for (at, id) in nasty.iter().enumerate() {
        let (id, session) = (serde_json::to_string(id).unwrap(), format!("session-{at}"));
        let line = ADMISSION.replace("\"req-xyz\"", &id).replace("session-abc123", &session);
        let other = SPAWN.replace("\"req-xyz\"", &id);
        engine.insert([line.as_str(), other.as_str()]);
        let story = place.json(&["story", &session, "--from", &engine.address()]);
        assert_eq!(deeds(&story), ["orchestratord admission", "pool-managerd spawn"], "{id:.40}");
    }
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
