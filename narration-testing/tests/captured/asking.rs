//! Questions to a story, by names that are held against the vocabulary.

use narration_testing::{Level, Story, capture, narrations};

use crate::failing::report;
use crate::narrating::{admit, poll, ready, spawn};

#[test]
fn tests_are_all_passed_by_what_is_found() {
    let story = capture();
    admit(1);
    admit(2);
    spawn("llamacpp-v1");
    let admissions = story.actor("orchestratord").action("admission");
    admissions.assert_count(2);
    let second = admissions.clone().field("queue_position", 2).single();
    assert_eq!(second.human, "Accepted request; queued at position 2 on pool 'default'");
    story.actor("pool-managerd").action("spawn").target("GPU0").has("engine").assert_count(1);
    story.narrations().matching("engine", "^llamacpp-v[0-9]+$").assert_present();
    story.narrations().matching("engine", "^v1$").assert_absent();
    story.narrations().level(Level::Info).assert_count(3);
    story.at_least(Level::Warn).assert_absent();
    story.action("admission").assert_before(&story.action("spawn"));
}

#[test]
fn numbers_are_compared_as_numbers() {
    let story = capture();
    narration_runtime::narrate!(
        actor = "orchestratord",
        action = "admission",
        pool_id = "default",
        fill = 62.0
    );
    story.field("fill", 62).assert_count(1);
    story.field("fill", 62.0).assert_count(1);
    story.field("fill", 62.5).assert_absent();
}

#[test]
fn a_misspelt_name_fails_at_once_and_names_what_was_meant() {
    let story = capture();
    spawn("llamacpp-v1");
    let misspelt: [(&dyn Fn(), &str); 5] = [
        (&|| story.actor("pool-mangerd").assert_absent(), "did you mean `pool-managerd`?"),
        (&|| story.actor("pool-managerd").action("spwan").assert_absent(), "did you mean `spawn`?"),
        (&|| story.field("pool", "default").assert_absent(), "did you mean `pool_id`?"),
        (&|| story.assert_field_absent("corelation_id"), "did you mean `correlation_id`?"),
        (&|| story.narrations().outcome("fail").assert_absent(), "did you mean `failed`?"),
    ];
    for (question, said) in misspelt {
        let report = report(question);
        assert!(report.contains(said), "{said}: {report}");
    }
}

#[test]
fn an_action_of_another_actor_is_unknown() {
    let story = capture();
    let report = report(|| drop(story.actor("orchestratord").action("ready")));
    assert!(report.starts_with("unknown action `ready` of `orchestratord`"), "{report}");
    assert!(report.contains("admission, poll"), "{report}");
}

#[test]
fn names_in_the_story_are_known_whoever_declared_them() {
    let story = Story::from_lines([
        r#"{"timestamp":"2026-11-21T18:34:05Z","level":"info","actor":"baker","action":"knead","human":"Kneading","flour_g":500}"#,
    ]);
    story.actor("baker").action("knead").field("flour_g", 500).assert_count(1);
    let report = report(|| drop(story.actor("backer")));
    assert!(report.contains("did you mean `baker`?"), "{report}");
}

#[test]
fn another_service_has_its_own_vocabulary() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bakery.toml");
    let words = "[narration]\nversion = 1\nname = \"bakery\"\n[fields]\n[actors.baker.actions.knead]\nhuman = \"Kneading\"\n";
    std::fs::write(&file, words).unwrap();
    let story = capture();
    story.vocabulary(&file);
    story.actor("baker").action("knead").assert_absent();
    let absent = report(|| _ = story.vocabulary(folder.path().join("absent.toml")));
    assert!(absent.contains("absent.toml"), "{absent}");
}

#[test]
fn order_and_single_say_what_is_wrong() {
    let story = capture();
    ready(1);
    poll();
    ready(2);
    let order = report(|| story.action("poll").assert_before(&story.action("ready")));
    assert!(order.starts_with("in the wrong order: action = \"poll\""), "{order}");
    let single = report(|| drop(story.action("ready").single()));
    assert!(single.starts_with("narrated 2 times instead of once"), "{single}");
    let pattern = report(|| drop(story.narrations().matching("slots", "(")));
    assert!(pattern.contains("unclosed group"), "{pattern}");
}

#[test]
fn the_compiler_knows_the_names_too() {
    let story = capture();
    spawn("llamacpp-v1");
    let target = "GPU0";
    narrations!(story, actor = "pool-managerd", action = "spawn").assert_count(1);
    narrations!(
        story,
        actor = "pool-managerd",
        action = "spawn",
        target = target,
        engine = "llamacpp-v1",
        device = "GPU0",
    )
    .assert_count(1);
    narrations!(story, actor = "pool-managerd", action = "ready", correlation_id = "x")
        .assert_absent();
}
