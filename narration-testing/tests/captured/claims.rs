//! Assertions hold when they should, and their reports show what is there.

use narration_runtime::{narrate, scope};
use narration_testing::{Story, capture};

use crate::failing::{failure, report};
use crate::narrating::{admit, fail_to_spawn, ready, spawn};

#[test]
fn what_is_there_is_found() {
    let story = capture();
    scope!(correlation_id = "req-xyz", session_id = "s-1").in_scope(|| {
        admit(3);
        spawn("llamacpp-v1");
        ready(4);
    });
    let found = story.assert_narration_includes("Spawning engine llamacpp-v1");
    assert_eq!((found.actor.as_str(), found.action.as_str()), ("pool-managerd", "spawn"));
    story.assert_narration_excludes("cmake");
    story.assert_narration_count("engine", 1);
    story.assert_field_present("queue_position", 3);
    story.assert_field_present("session_id", "s-1");
    story.assert_field_present("actor", "orchestratord");
    story.assert_field_absent("hf_token");
    story.assert_correlation_id_present();
    story.assert_correlation_id("req-xyz");
    assert_eq!(story.assert_one_correlation_id(), "req-xyz");
    story.assert_order(&["Accepted", "Spawning", "Engine ready"]);
    story.assert_nothing_failed();
    story.assert_no_secrets();
    story.assert_never_told("hunter2");
}

#[test]
fn a_report_shows_the_claim_the_nearest_the_difference_and_the_story() {
    let story = capture();
    admit(3);
    spawn("llamacpp-v1");
    let report = report(|| {
        story.assert_narration_includes("spawned engine llamacpp-v1");
    });
    assert!(report.starts_with("not narrated: a text that includes"), "{report}");
    assert!(report.contains("nearest: [pool-managerd] spawn: Spawning engine"), "{report}");
    assert!(report.contains("- human: …\"spawned engine llamacpp-v1\"…"), "{report}");
    assert!(report.contains("+ human: \"Spawning engine llamacpp-v1"), "{report}");
    assert!(report.contains("the story (2 narrations):"), "{report}");
    assert!(report.contains("[orchestratord] admission: Accepted request"), "{report}");
    assert!(report.contains("queue_position=3"), "{report}");
}

#[test]
fn a_failure_points_at_the_line_of_the_test() {
    let story = capture();
    let here = line!();
    let claims: [&dyn Fn(); 6] = [
        &|| drop(story.assert_narration_includes("x")),
        &|| story.actor("pool-managerd").action("spawn").assert_count(7),
        &|| drop(story.narrations().single()),
        &|| story.assert_correlation_id_present(),
        &|| drop(story.actor("pool-mangerd")),
        &|| narration_testing::assert_narration_includes("x"),
    ];
    for (index, claim) in claims.into_iter().enumerate() {
        let failure = failure(claim);
        assert!(failure.file.ends_with("claims.rs"), "{}", failure.file);
        assert_eq!(failure.line as usize, here as usize + 2 + index, "{}", failure.report);
    }
}

#[test]
fn each_claim_fails_when_it_is_wrong() {
    let story = capture();
    let empty = report(|| story.assert_correlation_id_present());
    assert!(empty.contains("the story is empty"), "{empty}");
    spawn("llamacpp-v1");
    scope!(correlation_id = "req-1").in_scope(|| admit(1));
    let claims: [(&dyn Fn(), &str); 9] = [
        (&|| story.assert_narration_excludes("llamacpp"), "narrated, but should not be"),
        (&|| story.assert_narration_count("engine", 2), "narrated once instead of 2 times"),
        (&|| drop(story.assert_field_present("pool_id", "other")), "+ pool_id: \"default\""),
        (
            &|| drop(story.assert_field_present("slots", 1)),
            "not narrated: slots = \"1\"\nthe story",
        ),
        (&|| story.assert_field_absent("device"), "device=GPU0"),
        (&|| drop(story.assert_correlation_id("req-2")), "correlation_id = \"req-2\""),
        (&|| drop(story.assert_one_correlation_id()), "not all narrations have"),
        (
            &|| story.assert_order(&["Accepted", "Spawning"]),
            "\"Spawning\" does not come after \"Accepted\"",
        ),
        (&|| story.assert_never_told("llamacpp-v1"), "[pool-managerd] spawn: in `engine`"),
    ];
    for (claim, said) in claims {
        let report = report(claim);
        assert!(report.contains(said), "{said}: {report}");
    }
}

#[test]
fn failures_are_found_by_outcome_and_by_level() {
    let story = capture();
    assert!(fail_to_spawn("llamacpp-v1", "default").is_err());
    story.actor("pool-managerd").outcome("failed").assert_count(1);
    story.text("out of memory").level(narration_testing::Level::Warn).assert_present();
    let report = report(|| story.assert_nothing_failed());
    assert!(report.contains("something failed:\n  > [pool-managerd] spawn-failed"), "{report}");
}

#[test]
fn a_secret_is_never_shown_not_even_by_the_report() {
    let story = capture();
    narrate!(
        actor = "pool-managerd",
        action = "spawn",
        engine = "llamacpp-v1",
        pool_id = "default",
        hf_token = "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
    );
    story.assert_no_secrets();
    story.assert_never_told("hf_abcdef");
    let token = ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].concat();
    let leaking = Story::from_lines([format!(
        r#"{{"timestamp":"2026-11-21T18:34:05Z","level":"info","actor":"a","action":"b","human":"uses {token}","password":"correct horse"}}"#
    )]);
    let report = report(|| leaking.assert_no_secrets());
    assert!(report.contains("`human` by github"), "{report}");
    assert!(report.contains("`password` by the name of the field"), "{report}");
    assert!(!report.contains(&token) && !report.contains("correct horse"), "{report}");
}

#[test]
fn a_plain_assert_can_ask_too() {
    let story = capture();
    assert!(!story.includes("engine"));
    spawn("llamacpp-v1");
    admit(2);
    assert!(story.includes("engine") && story.count("pool") == 2, "{story}");
    assert!(story.has_field("queue_position", 2) && !story.has_correlation_id(), "{story}");
    assert!(story.tells_in_order(&["Spawning", "Accepted"]), "{story}");
    assert!(!story.tells_in_order(&["Accepted", "Spawning"]), "{story}");
    assert!(story.actor("pool-managerd").is_before(&story.actor("orchestratord")), "{story}");
}

#[test]
fn a_report_cannot_drive_a_terminal() {
    let story = Story::from_lines([
        r#"{"timestamp":"2026-11-21T18:34:05Z","level":"info","actor":"a","action":"b","human":"\u001b[2Jgone\nforged"}"#,
    ]);
    let report = report(|| drop(story.assert_narration_includes("x")));
    assert!(report.contains("\\u{1b}[2Jgone\\nforged"), "{report:?}");
    assert!(!story.to_string().contains('\u{1b}'));
}

#[test]
fn a_long_story_is_shown_by_its_ends() {
    let story = capture();
    (0..1000).for_each(admit);
    let report = report(|| drop(story.assert_narration_includes("nothing like it at all")));
    assert!(report.contains("… 800 more"), "{report}");
    assert!(report.contains("position 0 ") && report.contains("position 999 "), "{report}");
    assert!(report.lines().count() < 250, "{report}");
}
