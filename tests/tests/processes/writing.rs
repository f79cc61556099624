//! Where lines go: files that are shared, folders that are made, readers that leave.

use std::fs;
use std::process::Stdio;

use crate::service::{Said, Service, records};

#[test]
fn a_file_and_its_folder_are_made_and_appended_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logs").join("today").join("depot.log");
    for runs in 1..=2 {
        let said = Service::new("actors").env("NARRATION_FILE", &path).run();
        assert!(said.well);
        assert_eq!((said.stdout.as_str(), said.stderr.as_str()), ("", ""));
        assert_eq!(records(&fs::read_to_string(&path).unwrap()).len(), runs * 5);
    }
}

#[test]
fn a_file_is_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("depot.log");
    assert!(Service::new("actors").env("NARRATION_FILE", &path).run().well);
    assert!(fs::read_to_string(&path).unwrap().starts_with("{\"timestamp\""));
}

#[test]
fn two_processes_append_to_one_file_without_tearing_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("depot.log");
    let start = || {
        Service::new("many")
            .arg("2000")
            .env("NARRATION_FILE", &path)
            .command()
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let both = [start(), start(), start()];
    for one in both {
        let said = Said::of(one.wait_with_output().unwrap());
        assert!(said.well);
        assert_eq!(said.stderr, "lost: 0\n");
    }
    let records = records(&fs::read_to_string(&path).unwrap());
    assert_eq!(records.len(), 6000);
    for record in records {
        let weight: usize = record.field("weight_g").unwrap().to_string().parse().unwrap();
        assert_eq!(record.field("remark").unwrap().as_str().unwrap().len(), weight * 37 % 3000);
    }
}

#[test]
fn a_reader_that_leaves_stops_no_service_and_losses_are_counted() {
    let mut child = Service::new("many")
        .arg("5000")
        .command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let said = Said::of(child.wait_with_output().unwrap());
    assert!(said.well, "{}", said.stderr);
    let lost: u64 = said
        .stderr
        .trim()
        .strip_prefix("lost: ")
        .expect("nothing else is printed")
        .parse()
        .unwrap();
    assert!((1..=5000).contains(&lost), "{lost}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_no_service_and_losses_are_counted() {
    let said = Service::new("many").arg("50").env("NARRATION_FILE", "/dev/full").run();
    assert!(said.well);
    assert_eq!(said.stderr, "lost: 50\n");
}
