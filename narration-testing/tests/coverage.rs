//! What a test process records of what it heard and made sure of.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::process::Command;
use std::time::Duration;

use narration_runtime::{narrate, scope};

/// Set for the process that records.
const RECORDS: &str = "NARRATION_TESTING_RECORDS";

/// What a test of this program records when it runs alone.
fn recorded(test: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own)
        .args(["--exact", test])
        .env(RECORDS, "1")
        .env("NARRATION_COVERAGE", folder.path())
        .status()
        .unwrap();
    assert!(status.success());
    let files: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "one process has one recording");
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn what_is_heard_and_what_is_asserted_is_recorded() {
    if std::env::var_os(RECORDS).is_some() {
        let story = narration_testing::capture();
        narrate!(
            actor = "pool-managerd",
            action = "spawn",
            human = "Spawning engine {engine} for pool '{pool_id}'",
            engine = "llamacpp-v1",
            pool_id = "default"
        );
        story.assert_narration_includes("Spawning");
        narrate!(actor = "orchestratord", action = "poll");
        let _ = story.wait_for_blocking(story.action("poll"), Duration::from_secs(60));
        return;
    }
    let lines = recorded("what_is_heard_and_what_is_asserted_is_recorded");
    assert!(lines.contains("\"action\":\"spawn\""), "{lines}");
    assert!(lines.contains("\"facets\":\"emitted\""), "{lines}");
    let asserted = lines.lines().filter(|line| line.contains("\"facets\":\"asserted\""));
    let asserted: Vec<_> = asserted.collect();
    assert_eq!(asserted.len(), 2, "{lines}");
    assert!(asserted[0].contains("\"action\":\"spawn\""), "{lines}");
    assert!(asserted[1].contains("\"action\":\"poll\""), "what was awaited came: {lines}");
}

fn admit() {
    narrate!(actor = "orchestratord", action = "admission", pool_id = "default");
}

#[test]
fn what_a_scope_hands_down_is_recorded_as_given() {
    if std::env::var_os(RECORDS).is_some() {
        let _story = narration_testing::capture();
        admit();
        let outer = scope!(correlation_id = "req-xyz", queue_position = 3);
        outer.in_scope(|| {
            scope!(fill = 0.5).in_scope(admit);
            admit();
        });
        // Left again: what it handed down belongs to nobody else.
        narrate!(actor = "orchestratord", action = "poll");
        return;
    }
    let lines = recorded("what_a_scope_hands_down_is_recorded_as_given");
    let with = |action: &str| -> Vec<&str> {
        let told = lines.lines().filter(|line| line.contains(&format!("\"action\":\"{action}\"")));
        let with = told.filter_map(|line| line.split_once("\"with\":\"")?.1.split_once('"'));
        with.map(|(with, _)| with).collect()
    };
    let handed = "pool_id,correlation_id,fill,queue_position";
    assert_eq!(
        with("admission"),
        ["pool_id", handed, "pool_id,correlation_id,queue_position"],
        "{lines}"
    );
    assert!(with("poll").is_empty(), "{lines}");
    assert!(lines.contains("\"facets\":\"emitted,correlated\""), "{lines}");
}

#[test]
fn a_recording_names_its_program_in_which_its_call_sites_stand() {
    if std::env::var_os(RECORDS).is_some() {
        let _story = narration_testing::capture();
        return;
    }
    let lines = recorded("a_recording_names_its_program_in_which_its_call_sites_stand");
    let own = std::env::current_exe().unwrap();
    let first = lines.lines().next().unwrap();
    assert!(first.contains("\"facets\":\"process\""), "{first}");
    assert!(first.contains(own.file_name().unwrap().to_str().unwrap()), "{first}");
    let program = fs::read(own).unwrap();
    let is_there = |text: &str| program.windows(text.len()).any(|part| part == text.as_bytes());
    let place = format!("{}:{}\n", file!(), line!() + 3);
    let mark = ["narration", "-site:orchestratord.poll@", &place].concat();
    if std::hint::black_box(false) {
        narrate!(actor = "orchestratord", action = "poll", human = "Never reached, and there");
    }
    assert!(is_there(&mark), "{mark}");
}

#[test]
fn a_service_that_sets_itself_up_inside_of_a_test_is_heard_by_the_test() {
    let story = narration_testing::capture();
    let set_up = || {
        let narration = narration_runtime::Builder::new("service").init();
        assert!(!narration.is_installed());
        assert!(narration.faults().is_empty(), "{:?}", narration.faults());
        assert!(narration_runtime::Builder::new("service").try_init().is_ok());
        admit();
    };
    // Twice, as several tests of one service do.
    set_up();
    std::thread::scope(|threads| threads.spawn(|| story.in_scope(set_up)).join().unwrap());
    story.assert_narration_count("Accepted request", 2);
    story.assert_nothing_failed();
    assert_eq!(story.len(), 2, "{story}");
}
