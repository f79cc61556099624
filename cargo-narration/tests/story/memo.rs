//! "My request is stuck": the memo's question, answered by one command.

use crate::place::{BUILD, MEMO, Place, deeds};

#[test]
fn the_story_of_a_session_is_told_over_all_services() {
    let place = Place::of_the_memo();
    let said = place.run(&["story", "session-abc123", "."]);
    assert_eq!(said.code, Some(0), "{said:?}");
    said.has("session_id session-abc123 leads to req-xyz")
        .has("Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'")
        .has("slowest hop   pool-managerd spawn → engine-provisioner cmake-build, 400 ms");
    assert_eq!(deeds(&place.json(&["story", "session-abc123", "."])), MEMO);
}

#[test]
fn a_request_that_hangs_is_said_to_hang_where_and_for_how_long() {
    let place = Place::of_the_memo();
    let other = |action: &str, at: &str, more: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T18:34:{at}Z","level":"info","actor":"engine-provisioner","action":"{action}","human":"x","correlation_id":"req-abc"{more}}}"#
        )
    };
    // Another request shows that this action has an outcome, and until when the log was written.
    place.log(
        "engine-provisioner.log",
        &[
            BUILD,
            &other("cmake-build", "12.000000", ""),
            &other("complete", "13.023456", r#","outcome":"ok","duration_ms":1023"#),
        ],
    );
    let said = place.run(&["story", "req-xyz", "."]);
    said.has("req-xyz · open · 7.9 s").has("stuck in cmake-build for 7.4 s: [engine-provisioner]");
    said.has("last heard of in engine-provisioner cmake-build, 7.4 s before the logs end");
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(story["open"][0]["action"], "cmake-build");
    assert_eq!(story["open"][0]["duration_ns"], 7_400_000_000_i64);
    assert_eq!(story["services"][0]["actor"], "engine-provisioner");
}

#[test]
fn the_requests_are_listed_the_slowest_first() {
    let place = Place::of_the_memo();
    let quick = r#"{"timestamp":"2026-11-21T18:34:09Z","level":"warn","actor":"orchestratord","action":"admission-failed","human":"Full","correlation_id":"req-quick","outcome":"failed","duration_ms":2}"#;
    place.log("more.log", &[quick]);
    let said = place.run(&["stories", "."]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let ids: Vec<&str> = said.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(ids, ["correlation", "req-xyz", "req-quick", "2"]);
    let said = place.run(&["stories", ".", "--ending", "failed", "--format", "json"]);
    let stories: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(stories.as_array().unwrap().len(), 1);
    assert_eq!(stories[0]["correlation_id"], "req-quick");
}

#[test]
fn what_was_sampled_away_around_that_time_is_said() {
    let place = Place::of_the_memo();
    let told = |at: &str, of: &str| {
        format!(
            r#"{{"timestamp":"2026-11-21T{at}Z","level":"info","actor":"x","action":"log","target":"narration_runtime::sampling","human":"Left out","narration":"{of}::heartbeat","suppressed":7}}"#
        )
    };
    place.log(
        "more.log",
        &[
            &told("18:34:06", "pool-managerd"),
            &told("18:34:06", "of-another-story"),
            &told("19:34:06", "pool-managerd"),
        ],
    );
    assert_eq!(place.json(&["story", "req-xyz", "."])["left_out_by_sampling"], 7);
}
