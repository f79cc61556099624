//! What a process records for `cargo narration coverage`.

use std::fs;
use std::path::Path;

use narration_record::{Record, Value};

use crate::service::{Service, records};

/// Everything recorded in a folder.
fn recorded(folder: &Path) -> Vec<Record> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.flat_map(|file| records(&fs::read_to_string(file).unwrap())).collect()
}

/// All facets of an actor's action at a level, over all lines.
fn facets(records: &[Record], actor: &str, action: &str, level: &str) -> Vec<String> {
    let lines = records
        .iter()
        .filter(|line| line.actor == actor && line.action == action)
        .filter(|line| line.level.to_string() == level);
    lines.filter_map(|line| Some(line.field("facets")?.as_str()?.to_owned())).collect()
}

#[test]
fn every_call_that_was_reached_is_recorded_with_what_it_showed() {
    let folder = tempfile::tempdir().unwrap();
    let said = Service::new("actors").env("NARRATION_COVERAGE", folder.path()).run();
    assert!(said.well);
    let lines = recorded(folder.path());
    assert_eq!(facets(&lines, "scanner", "scan", "info"), ["reached", "emitted"]);
    assert_eq!(facets(&lines, "sorter", "route-failed", "error"), ["reached", "emitted,failed"]);
    // The filter keeps it silent; that it was reached is known all the same.
    assert_eq!(facets(&lines, "sorter", "step", "debug"), ["reached"]);
    let scan = lines.iter().find(|line| line.field("with").is_some()).unwrap();
    assert_eq!(scan.field("with"), Some(&Value::Str("parcel_id".to_owned())));
    assert!(scan.field("file").unwrap().as_str().unwrap().ends_with("depot.rs"));
    assert_eq!(lines.iter().filter(|line| line.actor == "hyper").count(), 0);
}

#[test]
fn what_is_said_again_and_again_is_recorded_once() {
    let folder = tempfile::tempdir().unwrap();
    let said = Service::new("many").arg("500").env("NARRATION_COVERAGE", folder.path()).run();
    assert!(said.records().len() > 100);
    assert!(recorded(folder.path()).len() < 20);
}

#[test]
fn a_service_covers_nothing_unless_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Service::new("actors").env("NARRATION_COVERAGE", "").command();
    assert!(command.current_dir(folder.path()).output().unwrap().status.success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_had_is_a_fault_and_the_service_goes_on() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let said = Service::new("actors").env("NARRATION_COVERAGE", file.path().join("sub")).run();
    assert!(said.records().len() > 3);
    assert!(said.stdout.contains("cannot record coverage"), "{}", said.stdout);
}
