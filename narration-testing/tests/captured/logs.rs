//! Stories of logs and of other processes.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use narration_testing::{Story, capture};

use crate::failing::report;
use crate::narrating::{admit, ready};

const ADMISSION: &str = r#"{"timestamp":"2026-11-21T18:34:05.100000Z","level":"info","actor":"orchestratord","action":"admission","target":"session-abc123","human":"Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'","correlation_id":"req-xyz","session_id":"session-abc123","pool_id":"default","queue_position":3}"#;
const SPAWN: &str = r#"timestamp=2026-11-21T18:34:05.200000Z level=info actor=pool-managerd action=spawn target=GPU0 human="Spawning engine llamacpp-v1 for pool 'default' on GPU0" correlation_id=req-xyz pool_id=default"#;
const BUILD: &str = r#"{"timestamp":"2026-11-21T18:34:05.150000Z","level":"info","actor":"engine-provisioner","action":"build","human":"Building llama.cpp with CUDA support for GPU0","correlation_id":"req-xyz"}"#;

#[test]
fn the_logs_of_several_services_are_one_story_by_time() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, lines: &[&str]| {
        let path = folder.path().join(name);
        fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let logs = [
        write("pool-managerd.log", &[SPAWN]),
        write("orchestratord.log", &[ADMISSION, ""]),
        write("engine-provisioner.log", &[BUILD, "Compiling by hand", "{\"half\":"]),
    ];
    let story = Story::from_files(&logs).unwrap();
    story.assert_order(&["Accepted request", "Building llama.cpp", "Spawning engine"]);
    assert_eq!(story.assert_one_correlation_id(), "req-xyz");
    story.actor("orchestratord").field("queue_position", 3).assert_count(1);
    let others: Vec<_> = story.other_lines().into_iter().map(|other| other.line).collect();
    assert_eq!(others, ["Compiling by hand", "{\"half\":"]);
    let absent = Story::from_file(folder.path().join("absent.log")).unwrap_err();
    assert!(absent.to_string().contains("absent.log"), "{absent}");
}

#[test]
fn the_log_of_a_service_that_tests_share_is_told_apart_by_correlation_id() {
    let (one, other) = (capture(), std::thread::spawn(capture).join().unwrap());
    let (mine, theirs) = (one.correlation_id().to_string(), other.correlation_id().to_string());
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("shared.log");
    let of = |line: &str, id: &str| line.replace("req-xyz", id) + "\n";
    let lines = [
        of(SPAWN, &mine),
        of(ADMISSION, &theirs),
        of(BUILD, "req-of-nobody-here"),
        of(ADMISSION, &mine),
        "not a record\n\n".to_owned(),
    ];
    fs::write(&log, lines.concat()).unwrap();
    narration_testing::hear_file(&log).unwrap();
    // By time, whatever the order in which they are heard.
    one.assert_order(&["Accepted request", "Spawning engine"]);
    assert_eq!((one.len(), other.len()), (2, 1), "{one}{other}");
    assert_eq!(one.assert_one_correlation_id(), mine);
    let report = report(|| drop(one.assert_narration_includes("Building llama.cpp")));
    assert!(report.contains("1 like that belong to no capture"), "{report}");
    // Whoever adopts the id later hears it, too.
    one.adopt("req-of-nobody-here");
    one.assert_narration_includes("Building llama.cpp");
    let absent = narration_testing::hear_file(folder.path().join("absent.log")).unwrap_err();
    assert!(absent.to_string().contains("absent.log"), "{absent}");
}

#[test]
fn output_without_records_says_how_to_get_some() {
    let story = Story::from_lines(["[pool-managerd] spawn: Spawning"]);
    let report = report(|| drop(story.assert_narration_includes("Spawning")));
    assert!(report.contains("the story is empty\nand 1 lines that are no records"), "{report}");
    assert!(report.contains("NARRATION_FORMAT=json"), "{report}");
}

/// Runs this test program again, as the service of the tests below.
fn service(told: &str) -> Command {
    let mut service = Command::new(std::env::current_exe().unwrap());
    service.args(["--exact", "logs::the_service", "--nocapture"]);
    service.env("TOLD_BY_THE_SERVICE", told).env("NARRATION_FORMAT", "json").env_remove("RUST_LOG");
    service
}

/// Nothing, unless it is run as the service.
#[test]
fn the_service() {
    let Ok(told) = std::env::var("TOLD_BY_THE_SERVICE") else { return };
    let _narration = narration_runtime::Builder::new("service").stderr().init();
    match told.as_str() {
        "slots" => ready(4),
        id => narration_runtime::scope!(correlation_id = id).in_scope(|| admit(7)),
    }
}

#[test]
fn the_output_of_a_child_process_is_a_story() {
    let output = service("slots").output().unwrap();
    let story = Story::from_child_output(&output);
    story.actor("pool-managerd").action("ready").field("slots", 4).assert_count(1);
    assert!(!story.other_lines().is_empty(), "the test harness printed something of its own");
}

#[test]
fn a_child_process_joins_the_story_of_its_test() {
    let story = capture();
    let id = story.correlation_id();
    narration_runtime::scope!(correlation_id = &id).in_scope(|| ready(1));
    story.add_child_output(&service(id.as_str()).output().unwrap());
    story.assert_order(&["Engine ready", "Accepted request; queued at position 7"]);
    assert_eq!(story.assert_one_correlation_id(), id.as_str());
}

#[test]
fn a_running_child_is_followed() {
    let mut child = service("slots").stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let story = Story::from_lines([""; 0]);
    story.follow(child.stderr.take().unwrap());
    let ready = story.wait_for_blocking("Engine ready; 4 slots", Duration::from_secs(60));
    assert_eq!(ready.action, "ready");
    assert!(child.wait().unwrap().success());
}

#[test]
fn bytes_that_are_no_text_are_kept_as_other_lines() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"\xff\xfe broken\n").unwrap();
    file.write_all(ADMISSION.as_bytes()).unwrap();
    let story = Story::from_file(file.path()).unwrap();
    assert_eq!((story.len(), story.other_lines().len()), (1, 1));
}
