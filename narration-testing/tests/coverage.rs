//! What a test process records of what it heard and made sure of.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::process::Command;

use narration_runtime::narrate;

/// Set for the process that records.
const RECORDS: &str = "NARRATION_TESTING_RECORDS";

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
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own)
        .args(["--exact", "what_is_heard_and_what_is_asserted_is_recorded"])
        .env(RECORDS, "1")
        .env("NARRATION_COVERAGE", folder.path())
        .status()
        .unwrap();
    assert!(status.success());
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let lines: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    assert!(lines.contains("\"action\":\"spawn\""), "{lines}");
    assert!(lines.contains("\"facets\":\"emitted\""), "{lines}");
    let asserted = lines.lines().filter(|line| line.contains("\"facets\":\"asserted\""));
    let asserted: Vec<_> = asserted.collect();
    assert_eq!(asserted.len(), 1, "{lines}");
    assert!(asserted[0].contains("\"action\":\"spawn\""), "{lines}");
}
