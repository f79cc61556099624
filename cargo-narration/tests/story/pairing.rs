//! What is said to be open, and what is not: starts and outcomes told by hand, once, twice, by
//! several replicas, and never.

use crate::place::{Place, Said};

/// A vocabulary in which every way of ending is named, for success, for failure alone, or not.
const VOCABULARY: &str = r#"
[narration]
version = 1
name = "shop"

[fields]
order_id = { type = "string", class = "id" }

[actors.till.actions.charge]
fields = ["order_id?"]
human  = "Charging"
ok     = "charged"
failed = "declined"

[actors.till.actions.charged]
human = "Charged"

[actors.till.actions.declined]
human = "Declined"

[actors.till.actions.look-up]
human  = "Looking up"
failed = "unknown-order"

[actors.till.actions.unknown-order]
human = "Unknown order"
"#;

fn line(at: &str, action: &str, more: &str) -> String {
    format!(
        r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"till","action":"{action}","human":"{action} now","correlation_id":"req-1"{more}}}"#
    )
}

fn told(lines: &[String], vocabulary: bool) -> (Said, serde_json::Value) {
    let place = Place::new();
    place.log("till.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    if vocabulary {
        place.bytes("narration.toml", VOCABULARY.as_bytes());
    }
    (place.run(&["story", "req-1", "till.log"]), place.json(&["story", "req-1", "till.log"]))
}

fn operations(story: &serde_json::Value) -> Vec<String> {
    let one = |one: &serde_json::Value| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        format!(
            "{} {} {}",
            text("action"),
            text("outcome"),
            one["duration_ns"].as_i64().unwrap() / 1_000_000
        )
    };
    story["operations"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_start_and_an_outcome_that_are_told_by_hand_belong_together() {
    let lines = [
        line("05.000", "look-up", ""),
        line("05.100", "charge", ""),
        line("05.300", "charge", r#","outcome":"ok""#),
    ];
    let (said, story) = told(&lines, false);
    assert_eq!(operations(&story), ["charge ok 200"]);
    said.has("req-1 · ok · 300 ms");
    assert!(!said.out.contains("stuck in"), "{said:?}");
}

#[test]
fn what_is_told_once_begins_nothing_though_its_failure_is_told() {
    let lines = [
        line("05.000", "look-up", ""),
        line("05.100", "look-up", r#","outcome":"failed""#),
        line("05.200", "look-up", ""),
        line("05.300", "charge", ""),
        line("05.400", "charged", ""),
    ];
    let (said, story) = told(&lines, true);
    assert_eq!(operations(&story), ["look-up failed 100", "charge ok 100"]);
    said.has("req-1 · ok · 400 ms");
    let (_, story) = told(&lines, false);
    assert_eq!(operations(&story), ["look-up failed 100"]);
}

#[test]
fn an_end_that_is_told_by_its_name_alone_is_one_by_the_vocabulary() {
    let lines = [
        line("05.000", "charge", r#","order_id":"a""#),
        line("05.100", "charge", r#","order_id":"b""#),
        line("05.250", "declined", r#","order_id":"a""#),
        line("09.000", "look-up", ""),
    ];
    let (said, story) = told(&lines, true);
    assert_eq!(operations(&story), ["charge failed 250", "charge open 3900"]);
    said.has("stuck in charge for 3.9 s: [till] charge now").has("failed 18:34:05.250000 [till]");
}

#[test]
fn replicas_end_what_they_began_themselves() {
    let place = Place::new();
    place.bytes("narration.toml", VOCABULARY.as_bytes());
    place.log("till-1.log", &[&line("05.000", "charge", ""), &line("05.500", "charged", "")]);
    place.log("till-2.log", &[&line("05.100", "charge", ""), &line("05.300", "charged", "")]);
    let story = place.json(&["story", "req-1", "till-1.log", "till-2.log"]);
    assert_eq!(operations(&story), ["charge ok 500", "charge ok 200"]);
}

#[test]
fn what_goes_on_behind_an_answered_request_does_not_hold_it_up() {
    let span = |own: &str, above: &str| format!(r#","span_id":"{own}","parent_span_id":"{above}""#);
    let lines = [
        line("05.000", "look-up", &span("s1", "s0")),
        line("05.100", "charge", &span("s2", "s1")),
        line("05.300", "look-up", &(span("s1", "s0") + r#","outcome":"ok","duration_ms":300"#)),
        line("09.000", "look-up", "").replace("req-1", "req-2"),
    ];
    let (said, story) = told(&lines, true);
    assert_eq!(operations(&story), ["look-up ok 300", "charge open 3900"]);
    said.has("req-1 · ok · 300 ms").has("charge goes on for 3.9 s, though look-up is done");
    // Who failed to wait for it has no answer either.
    let lines = lines.map(|line| line.replace(r#""outcome":"ok""#, r#""outcome":"failed""#));
    told(&lines, true).0.has("req-1 · failed · 300 ms").has("stuck in charge for 3.9 s");
}

#[test]
fn what_is_open_around_something_stuck_is_named_with_it() {
    let lines = [
        line("05.000", "charge", r#","order_id":"a""#),
        line("06.000", "charge", r#","order_id":"b""#),
        line("09.000", "look-up", "").replace("req-1", "req-2"),
    ];
    let (said, _) = told(&lines, true);
    said.has("stuck in charge for 3 s").has("inside of till charge (4 s)");
}

#[test]
fn the_slowest_hop_is_a_way_between_services_and_no_work() {
    let line = |at: &str, actor: &str, action: &str, more: &str| {
        line(at, action, more).replace("\"till\"", &format!("\"{actor}\""))
    };
    let lines = [
        line("05.000", "door", "visit", ""),
        line("05.050", "till", "look-up", ""),
        line("05.051", "till", "charge", ""),
        line("07.000", "door", "visit", r#","outcome":"cancelled","duration_ms":2000"#),
        line("07.010", "till", "charge", r#","outcome":"cancelled","duration_ms":1959"#),
    ];
    told(&lines, true).0.has("slowest hop   door visit → till look-up, 50 ms");
}

#[test]
fn what_is_begun_later_in_a_span_is_no_cause_of_what_came_before() {
    let span = r#","span_id":"s1","parent_span_id":"s0""#;
    let lines = [
        line("05.000", "look-up", span),
        line("05.100", "charge", span),
        line("05.150", "ring", span).replace("\"till\"", "\"bell\""),
        line("05.300", "charged", span),
    ];
    let (said, story) = told(&lines, true);
    assert_eq!(operations(&story), ["charge ok 200"]);
    assert!(!said.out.contains("clock"), "{said:?}");
    // One span is one service's: between its steps nothing hops.
    assert!(story["slowest_hop"].is_null(), "{story}");
}
