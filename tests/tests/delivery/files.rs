//! Files that are shared, renamed, removed, cut short, or were left torn.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::courier::{Lines, Report, courier, file};
use crate::steps::Steps;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn several_processes_never_mix_within_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let place = file(&path);
    let start = |delivery: &str| {
        courier("emit", &["lines=20000", "threads=2", delivery, &place])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children = ["delivery=block", "delivery=direct", "delivery=block"]
        .map(start)
        .map(Child::wait_with_output);
    for output in children {
        assert_eq!(Report::of(&output.unwrap()).count("lost"), 0);
    }
    let lines = Lines::of_file(&path);
    assert_eq!(lines.broken, [""; 0]);
    assert_eq!(lines.numbers.len(), 60_000);
}

#[test]
fn a_renamed_file_is_followed_by_a_new_one_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let (path, away) = (folder.path().join("courier.jsonl"), folder.path().join("courier.1"));
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("100");
    fs::rename(&path, &away).unwrap();
    steps.step("50");
    steps.end();
    assert_eq!(Lines::of_file(&away).numbers, (0..100).collect::<Vec<_>>());
    assert_eq!(Lines::of_file(&path).numbers, (100..150).collect::<Vec<_>>());
}

#[test]
fn a_file_that_was_copied_and_cut_short_is_written_on_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("courier.jsonl"), folder.path().join("courier.1"));
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("100");
    fs::copy(&path, &copy).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(0).unwrap();
    steps.step("50");
    steps.end();
    assert!(!read(&path).contains('\0'), "no hole where the old lines were");
    Lines::of(&(read(&copy) + &read(&path))).are_all_of(150);
}

#[test]
fn a_removed_folder_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logs").join("courier.jsonl");
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("10");
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    assert_eq!(steps.step("5").count("lost"), 0);
    steps.end();
    assert_eq!(Lines::of_file(&path).numbers, [10, 11, 12, 13, 14]);
}

#[test]
fn a_place_that_cannot_be_written_for_a_while_is_told_of_when_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    let path = logs.join("courier.jsonl");
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("10");
    fs::remove_dir_all(&logs).unwrap();
    // A file in the folder's place: the folder cannot be made again.
    fs::write(&logs, "").unwrap();
    assert_eq!(steps.step("7").count("lost"), 7);
    fs::remove_file(&logs).unwrap();
    assert_eq!(steps.step("3").count("lost"), 7, "nothing more is lost");
    steps.end();
    let lines = Lines::of_file(&path);
    assert_eq!(lines.numbers, [17, 18, 19]);
    let told: u64 = lines
        .notes
        .iter()
        .map(|note| note.field("lost").unwrap().to_string().parse::<u64>().unwrap())
        .sum();
    assert_eq!(told, 7, "{:?}", lines.notes);
}

#[test]
fn reopening_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("10");
    steps.step("reopen");
    steps.step("10");
    steps.end();
    Lines::of_file(&path).are_all_of(20);
}

#[test]
fn the_beginning_of_a_line_that_a_killed_process_left_is_taken_away_and_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let torn = "{\"timestamp\":\"2026-11-21T18:34:05.123456Z\",\"level\":\"info\",\"act";
    assert!(courier("emit", &["lines=20", &file(&path)]).status().unwrap().success());
    fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(torn.as_bytes()).unwrap();
    let mut steps = Steps::start(&[&file(&path)]);
    steps.step("1");
    steps.end();
    let lines = Lines::of_file(&path);
    assert_eq!(lines.broken, [""; 0]);
    assert_eq!(lines.numbers.len(), 21);
    assert_eq!(lines.told_lost("torn"), 1);
}

#[test]
fn text_of_somebody_elses_is_ended_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "Dear diary").unwrap();
    assert!(courier("emit", &["lines=2", &file(&path)]).status().unwrap().success());
    let text = read(&path);
    assert!(text.starts_with("Dear diary\n{\"timestamp\""), "{text}");
}
