//! Scenarios with their stories, run by cucumber.
//!
//! In: features, some of which are made to fail. Out: what passed, what failed,
//! and what was said under it. Each run is a process of its own, since cucumber
//! takes the process's panic hook.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod world;

use std::process::{Command, Output};

use cucumber::World as _;
use narration_testing::cucumber::Narrated as _;

use world::World;

/// A process of its own that runs features.
fn features(features: &str) -> Command {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "the_features", "--nocapture"]).env("FEATURES", features);
    again
}

/// Runs features in a process of its own.
fn run(features: &str) -> (bool, String) {
    let Output { status, stdout, stderr } = self::features(features).output().unwrap();
    let said = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (status.success(), said)
}

/// Every story that scenarios hold is recorded with the scenario, also where several run at a time.
#[cfg(feature = "story-snapshots")]
#[test]
fn a_story_that_a_scenario_holds_is_recorded_under_its_name() {
    let (folder, recordings) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut again = features("held");
    again.env("STORIES", folder.path()).env("NARRATION_COVERAGE", recordings.path());
    let output = again.env_remove("CI").env("STORY_UPDATE", "new").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let files = std::fs::read_dir(recordings.path()).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let named: Vec<_> = texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| line.contains("\"scenario\":"))
        .collect();
    let expected = [
        ("v1", "Engine v1 has its story"),
        ("v1-later", "Engine v1 has its story"),
        ("v2", "Engine v2 has its story"),
        ("v2-later", "Engine v2 has its story"),
        ("v3-later", "Engine v3 has its story"),
        ("v4", "Engine v4 has its story"),
        ("v5", "Engine v5 has its story, too"),
        ("v9", "One that fails at first"),
    ];
    for (story, scenario) in expected {
        let of_story: Vec<_> =
            named.iter().filter(|line| line.contains(&format!("/{story}.story\""))).collect();
        let scenario = format!("\"scenario\":\"Stories that scenarios hold: {scenario}\"");
        assert!(!of_story.is_empty(), "{story}: {named:#?}");
        assert!(of_story.iter().all(|line| line.contains(&scenario)), "{story}: {of_story:#?}");
    }
}

/// Nothing, unless it is run by the tests below.
#[tokio::test]
async fn the_features() {
    let Ok(features) = std::env::var("FEATURES") else { return };
    let path = format!("tests/features/{features}.feature");
    let cucumber = World::cucumber().narrated().with_default_cli();
    // The hooks are the user's, both of them.
    let cucumber = cucumber.before(|_, _, _, world| Box::pin(async { world.hooked += 1 })).after(
        |_, _, _, _, world| {
            Box::pin(async { assert_eq!(world.map_or(1, |world| world.hooked), 1) })
        },
    );
    cucumber.retries(1).run_and_exit(path).await;
}

#[test]
fn every_ready_made_step_holds_where_it_should() {
    let (passed, said) = run("told");
    assert!(passed, "{said}");
    assert!(said.contains("3 scenarios (3 passed)"), "{said}");
}

#[test]
fn the_step_of_the_book_is_the_one_that_runs() {
    let step = |source: &'static str| -> Vec<&str> {
        let from = source.find("#[then(regex = \"^engine is spawned$\")]").unwrap();
        source[from..].lines().map(str::trim).take(6).collect()
    };
    let book = step(include_str!("../../../docs/testing.md"));
    assert_eq!(book, step(include_str!("world.rs")));
    assert_eq!(book[1], "pub async fn then_engine_spawned(world: &mut World) {");
    assert_eq!(book[5], "}");
}

#[test]
fn scenarios_that_run_at_the_same_time_have_their_own_stories() {
    let (passed, said) = run("concurrent");
    assert!(passed, "{said}");
    assert!(said.contains("40 scenarios (40 passed)"), "{said}");
}

#[test]
fn every_attempt_has_a_story_of_its_own() {
    let (passed, said) = run("flaky");
    assert!(passed, "{said}");
    assert!(said.contains("Retry"), "{said}");
}

#[test]
fn a_step_of_ours_fails_with_the_nearest_and_the_story_once() {
    let (passed, said) = run("untold");
    assert!(!passed, "{said}");
    assert!(said.contains("not narrated: a text that includes \"Spawned engine\""), "{said}");
    assert!(said.contains("nearest: [pool-managerd] spawn: Spawning engine llamacpp-v1"), "{said}");
    // Once for the attempt and once for its retry, and not twice each.
    assert_eq!(said.matches("the story (1 narration):").count(), 2, "{said}");
}

#[test]
fn under_any_failing_step_stands_the_story() {
    let (passed, said) = run("panicking");
    assert!(!passed, "{said}");
    assert!(said.contains("the slots ran out"), "{said}");
    assert!(said.contains("the story (1 narration):"), "{said}");
    assert!(said.contains("[pool-managerd] spawn: Spawning engine llamacpp-v2"), "{said}");
}

#[test]
fn a_scenario_that_has_to_narrate_fails_when_silent() {
    let (passed, said) = run("silent");
    assert!(!passed, "{said}");
    assert!(said.contains("Then something is narrated"), "{said}");
    assert!(said.contains("not narrated: anything"), "{said}");
    assert!(said.contains("3 scenarios (2 passed, 1 failed"), "{said}");
}
