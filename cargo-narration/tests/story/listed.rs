//! The list of requests: which are told, in which order, and since when.

use crate::place::Place;

/// Three requests: the first takes longest, the last fails.
fn place() -> Place {
    let place = Place::new();
    let line = |id: &str, at: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"till","action":"charge","human":"Charging","correlation_id":"{id}"{more}}}"#
        )
    };
    let ok = r#","outcome":"ok""#;
    place.log(
        "till.log",
        &[
            &line("slow", "01.000", ""),
            &line("slow", "05.000", ok),
            &line("quick", "06.000", ""),
            &line("quick", "06.100", ok),
            &line("bad", "07.000", ""),
            &line("bad", "08.000", r#","outcome":"failed""#),
        ],
    );
    place
}

fn ids(place: &Place, args: &[&str]) -> Vec<String> {
    let said = place.run(&[&["stories", ".", "--format", "json"], args].concat());
    let stories: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let id = |story: &serde_json::Value| story["correlation_id"].as_str().unwrap().to_owned();
    stories.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn the_slowest_or_the_latest_come_first_and_no_more_than_asked_for() {
    let place = place();
    assert_eq!(ids(&place, &[]), ["slow", "bad", "quick"]);
    assert_eq!(ids(&place, &["--recent"]), ["bad", "quick", "slow"]);
    assert_eq!(ids(&place, &["--limit", "1"]), ["slow"]);
    assert_eq!(ids(&place, &["-n", "2", "--recent"]), ["bad", "quick"]);
    assert_eq!(ids(&place, &["--ending", "failed", "--limit", "1"]), ["bad"]);
    assert_eq!(ids(&place, &["--since", "2026-11-21T18:34:05.500Z"]), ["bad", "quick"]);
}

#[test]
fn as_text_each_has_a_line_and_the_rest_is_counted() {
    let said = place().run(&["stories", ".", "--limit", "2"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 4, "{said:?}");
    assert!(lines[1].starts_with("slow ") && lines[1].contains("  ok "), "{said:?}");
    assert!(lines[1].ends_with("[till] Charging"), "{said:?}");
    assert_eq!(lines[3], "2 of 3 requests");
}

#[test]
fn a_log_that_is_not_there_is_told() {
    let said = place().run(&["stories", "nothing.log"]);
    assert_eq!(said.code, Some(3));
    said.has("nothing.log cannot be read: there is no such file or folder");
}

#[test]
fn a_request_is_listed_as_failed_however_it_told_that_it_failed() {
    let place = Place::new();
    let line = |id: &str, level: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:01Z","level":"{level}","actor":"till","action":"charge","human":"Charging","correlation_id":"{id}"{more}}}"#
        )
    };
    let told = |outcome: &str| format!(r#","outcome":"{outcome}""#);
    place.log(
        "till.log",
        &[
            &line("by-level", "error", ""),
            &line("by-word", "info", &told("timeout")),
            &line("by-panic", "info", &told("panicked")),
            &line("given-up", "info", &told("aborted")),
            &line("fine", "info", &told("success")),
        ],
    );
    let told = |endings: &[&str]| {
        let mut ids = ids(&place, endings);
        ids.sort();
        ids
    };
    assert_eq!(told(&["--ending", "failed"]), ["by-level", "by-panic", "by-word"]);
    assert_eq!(told(&["--ending", "cancelled", "--ending", "ok"]), ["fine", "given-up"]);
}
