//! `bundle`: what a release narrates, with checksums that tell of any change.

use std::process::Command;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::{Crate, VOCABULARY};

fn package() -> Crate {
    let here = Crate::new(
        VOCABULARY,
        "fn f(pool_id: &str) { narration_runtime::narrate!(actor = \"pool-managerd\", action = \"drain\", pool_id); }",
    );
    here.write("tests/stories/drain.story", "[pool-managerd] drain: Draining default\n");
    here.write("stuck.md", "# Stuck\n");
    here
}

#[test]
fn a_bundle_holds_catalogue_schema_checks_and_stories_and_verifies() {
    let here = package();
    let words = ["bundle", "--output", "proof", "--stories", "stuck.md", "--add", "Cargo.toml"];
    let run = here.run(&words);
    assert_eq!(run.code, 0, "{run:?}");
    for file in [
        "bundle.json",
        "catalog.md",
        "catalog.html",
        "record.schema.json",
        "check.json",
        "vocabulary/narration.toml",
        "environment.json",
        "stories.json",
        "stories/tests/stories/drain.story",
        "stories/stuck.md",
        "more/Cargo.toml",
        "SHA256SUMS",
    ] {
        assert!(here.path("proof").join(file).is_file(), "{file} is missing");
    }
    assert!(here.read("proof/catalog.md").contains("### pool-managerd Events"));
    assert_eq!(here.read("proof/vocabulary/narration.toml"), VOCABULARY);
    let verified = here.run(&["bundle", "--verify", "proof"]);
    assert_eq!(
        (verified.code, verified.out.as_str()),
        (0, "proof: all 11 files are as they were written\n")
    );
    let sums = here.read("proof/SHA256SUMS");
    assert_eq!(here.run(&words).code, 0, "a bundle may be written anew");
    assert_eq!(here.read("proof/SHA256SUMS"), sums, "the same input gives the same bundle");
}

#[test]
fn a_recorded_test_run_is_in_it() {
    let here = package();
    let run = here.run(&["bundle", "--output", "proof"]);
    assert!(run.err.contains("no coverage is in it: record a run first"), "{run:?}");
    assert!(!here.path("proof/coverage.json").exists());
    let line = "{\"timestamp\":\"2026-11-22T00:08:05.467020Z\",\"level\":\"info\",\"actor\":\"pool-managerd\",\"action\":\"drain\",\"human\":\"Covered\",\"facets\":\"reached,emitted\",\"with\":\"pool_id\",\"file\":\"src/lib.rs\",\"line\":1}\n";
    here.write("target/narration-coverage/1-a.jsonl", line);
    let run = here.run(&["bundle", "--output", "proof"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let coverage: Value = serde_json::from_str(&here.read("proof/coverage.json")).unwrap();
    assert_eq!(coverage["figures"]["emitted"]["covered"], 1, "{coverage}");
    assert!(here.read("proof/coverage.md").contains("| `drain` | 1 | yes | no |"));
    let environment: Value = serde_json::from_str(&here.read("proof/environment.json")).unwrap();
    assert_eq!(environment["os"], std::env::consts::OS);
    assert!(environment["cargo"].as_str().unwrap().starts_with("cargo "), "{environment}");
    let stories: Value = serde_json::from_str(&here.read("proof/stories.json")).unwrap();
    let sums = here.read("proof/SHA256SUMS");
    let (file, sum) =
        (stories[0]["file"].as_str().unwrap(), stories[0]["sha256"].as_str().unwrap());
    assert!(sums.contains(&format!("{sum}  {file}\n")), "{sums}");
    assert_eq!(here.run(&["bundle", "--verify", "proof"]).code, 0);
    let run = here.run(&["bundle", "--output", "proof", "--data", "nowhere"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.err.contains("no test run has recorded there"), "{run:?}");
}

const STORY: &str =
    "# story: drain\n# asserted in: tests/told.rs\n\n[pool-managerd] drain: Draining default\n";

#[test]
fn a_bundle_says_which_tests_were_told_its_stories() {
    let here = package();
    here.write("tests/stories/drain.story", STORY);
    here.write("tests/stories/spawn.story", &STORY.replace("drain", "spawn"));
    here.write("tests/stories/fill.story", &STORY.replace("drain", "fill"));
    let held = |name: &str, text: &str, test: &str| {
        let file = here.path("tests/stories").join(name).display().to_string().replace('\\', "/");
        let sum: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        format!(
            "{{\"timestamp\":\"2026-11-22T00:08:05.467020Z\",\"level\":\"info\",\"actor\":\"narration\",\"action\":\"story\",\"human\":\"Covered\",\"facets\":\"story\",\"sha256\":\"{sum}\",{test}\"at\":\"tests/told.rs:7\",\"file\":\"{file}\",\"line\":0}}\n"
        )
    };
    let lines = held("drain.story", STORY, "\"test\":\"drains\",")
        // Another text than the file has by now.
        + &held("spawn.story", STORY, "")
        + &held("../../elsewhere.story", STORY, "")
        // A step of a scenario notes it at once, and again when the scenario has its name.
        + &held("fill.story", &STORY.replace("drain", "fill"), "")
        + &held("fill.story", &STORY.replace("drain", "fill"), "\"scenario\":\"Pools: one is filled\",")
        + &held("fill.story", &STORY.replace("drain", "fill"), "\"scenario\":\"Pools: two are\",");
    here.write("target/narration-coverage/1-a.jsonl", &lines);
    let run = here.run(&["bundle", "--output", "proof", "--stories", "stuck.md"]);
    assert_eq!(run.code, 0, "{run:?}");
    let unheld = "no test of the recorded run was told stories/tests/stories/spawn.story";
    assert!(run.err.contains(unheld), "{run:?}");
    let stories: Value = serde_json::from_str(&here.read("proof/stories.json")).unwrap();
    let of = |name: &str| {
        let mut stories = stories.as_array().unwrap().iter();
        stories.find(|story| story["file"].as_str().unwrap().ends_with(name)).unwrap().clone()
    };
    let drain = of("drain.story");
    assert_eq!(
        (drain["story"].as_str(), drain["asserted_in"].as_str()),
        (Some("drain"), Some("tests/told.rs"))
    );
    assert_eq!(drain["held_by"][0]["test"], "drains", "{drain}");
    assert_eq!(drain["held_by"][0]["at"], "tests/told.rs:7", "{drain}");
    assert_eq!(of("spawn.story")["held_by"].as_array().map(Vec::len), Some(0), "{stories}");
    let fill = of("fill.story");
    let scenarios = fill["held_by"].as_array().unwrap().iter().map(|by| by["scenario"].as_str());
    assert!(scenarios.eq([Some("Pools: one is filled"), Some("Pools: two are")]), "{fill}");
    assert!(of("stuck.md").get("story").is_none(), "{stories}");
    assert_eq!(here.run(&["bundle", "--verify", "proof"]).code, 0);
}

#[test]
fn the_usual_tool_verifies_it_too() {
    let here = package();
    here.run(&["bundle", "--output", "proof"]);
    let tool = Command::new("sha256sum")
        .args(["-c", "--quiet", "--strict", "SHA256SUMS"])
        .current_dir(here.path("proof"))
        .output();
    if let Ok(output) = tool {
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn every_change_is_told() {
    let here = package();
    here.run(&["bundle", "--output", "proof"]);
    here.append("proof/catalog.md", " ");
    std::fs::remove_file(here.path("proof/check.json")).unwrap();
    here.write("proof/more/added.txt", "x");
    let run = here.run(&["bundle", "--verify", "proof"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.out,
        "catalog.md is changed\ncheck.json is missing\nmore/added.txt is not in the list\n"
    );
    let again = here.run(&["bundle", "--output", "proof"]);
    assert_eq!(again.code, 5, "what is no bundle as it was written stays: {again:?}");
    assert_eq!(here.run(&["bundle", "--verify", "src"]).code, 3);
    here.write("forged/SHA256SUMS", &format!("{}  ../narration.toml\n", "0".repeat(64)));
    assert_eq!(here.run(&["bundle", "--verify", "forged"]).code, 3);
}

#[test]
fn a_folder_of_ones_own_is_never_replaced() {
    let here = package();
    here.write("docs/mine.md", "mine");
    let run = here.run(&["bundle", "--output", "docs"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert_eq!(here.read("docs/mine.md"), "mine");
}

#[test]
fn nothing_with_a_secret_leaves_the_house() {
    let here = package();
    here.write("stuck.md", "fine\nAuthorization: Bearer 4f9d27c1b8e35a60aa\n");
    let run = here.run(&["bundle", "--output", "proof", "--stories", "stuck.md"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("stories/stuck.md:2 holds what looks like a secret"), "{}", run.err);
    assert!(!here.path("proof").exists() && !run.err.contains("4f9d27"), "{}", run.err);
}
