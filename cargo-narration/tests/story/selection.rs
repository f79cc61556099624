//! Which lines belong to an id, and what is said when none does.

use crate::place::{ADMISSION, MEMO, Place, SPAWN, deeds};

#[test]
fn an_id_is_the_value_of_a_field_and_no_part_of_something_else() {
    let place = Place::of_the_memo();
    let quoted = ADMISSION.replace("req-xyz", "req-other").replace("Accepted", "req-xyz accepted");
    let longer = SPAWN.replace("req-xyz", "req-xyz-2");
    place.log("others.log", &[&quoted, &longer, "a plain line about req-xyz"]);
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(deeds(&story), MEMO);
    assert_eq!(story["mentions"], 2);
}

#[test]
fn any_id_in_any_field_leads_to_the_whole_request() {
    let place = Place::of_the_memo();
    for (id, key) in [
        ("req-xyz", "correlation_id"),
        ("session-abc123", "session_id"),
        ("r0", "replica_id"),
        ("420", "predicted_start_ms"),
    ] {
        let story = place.json(&["story", id, "."]);
        assert_eq!(deeds(&story), MEMO, "{id}");
        assert_eq!(story["key"], key);
    }
}

#[test]
fn a_request_that_names_another_is_not_taken_for_it() {
    let place = Place::of_the_memo();
    let caused = SPAWN.replace(
        "\"correlation_id\":\"req-xyz\"",
        "\"correlation_id\":\"req-2\",\"caused_by\":\"req-xyz\"",
    );
    place.log("caused.log", &[&caused]);
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(deeds(&story), MEMO);
    assert_eq!(story["related"][0]["correlation_id"], "req-2");
}

#[test]
fn the_same_line_is_told_once_however_often_it_is_read() {
    let place = Place::of_the_memo();
    place.log("copy/orchestratord.log.1", &[ADMISSION]);
    let log = serde_json::json!({ "log": format!("{SPAWN}\n"), "stream": "stdout", "time": "2026-11-21T18:34:09Z" });
    place.log("docker.json", &[&log.to_string()]);
    let story = place.json(&["story", "req-xyz", ".", "./orchestratord.log", "*.log"]);
    assert_eq!(deeds(&story), MEMO);
    assert_eq!(story["repeated"], 2);
}

#[test]
fn filters_choose_the_steps_that_are_shown() {
    let place = Place::of_the_memo();
    let story = |args: &[&str]| deeds(&place.json(&[&["story", "req-xyz", "."], args].concat()));
    assert_eq!(story(&["--actor", "pool-managerd"]), [MEMO[1]]);
    assert_eq!(story(&["--action", "spawn", "--action", "admission"]), [MEMO[0], MEMO[1]]);
    assert_eq!(story(&["--field", "pool_id=default", "--field", "queue_position=3"]), [MEMO[0]]);
    assert_eq!(story(&["--level", "warn"]), [""; 0]);
    assert_eq!(story(&["--since", "2026-11-21T18:34:05.2Z"]), [MEMO[1], MEMO[2]]);
    assert_eq!(place.run(&["story", "req-xyz", ".", "--field", "pool_id"]).code, Some(2));
    // Half a century is enough for the memo.
    assert_eq!(story(&["--since", "20000d"]), MEMO);
    assert_eq!(story(&["--since", "2800w"]), MEMO);
    place
        .run(&["story", "req-xyz", ".", "--action", "spwan"])
        .has("there is orchestratord admission,");
    assert_eq!(place.run(&["story", "", "."]).code, Some(2));
    for none in ["tea", "18:34:05.2"] {
        let refused = place.run(&["story", "req-xyz", ".", "--since", none]);
        assert_eq!(refused.code, Some(2), "a time of day says no day: {none}");
    }
}

#[test]
fn an_id_that_is_not_there_is_answered_with_where_was_looked_and_what_is_near() {
    let place = Place::of_the_memo();
    let said = place.run(&["story", "req-xy", "."]);
    assert_eq!(said.code, Some(4));
    said.has("no field of any line is \"req-xy\"")
        .has("orchestratord.log")
        .has("did you mean req-xyz?");
    place.run(&["story", "sesion-abc123", "."]).has("did you mean session-abc123?");
    place.run(&["story", "req-xyz", "nothing.log"]).has("nothing.log");
    assert_eq!(place.run(&["story", "req-xyz", "nothing.log"]).code, Some(3));
}
