//! Rotation by a clock that does what the test says.

use std::cell::Cell;
use std::time::{Duration, UNIX_EPOCH};

use super::*;

thread_local! {
    static NOW: Cell<SystemTime> = const { Cell::new(UNIX_EPOCH) };
}

/// Half past twelve on a day in 2026, and hours from there.
fn set(hours: i64) {
    let noon = UNIX_EPOCH + Duration::from_secs(1_795_264_200);
    let distance = Duration::from_secs(hours.unsigned_abs() * 3600);
    NOW.set(if hours < 0 { noon - distance } else { noon + distance });
}

fn open(folder: &Path, rotation: Rotation) -> LogFile {
    LogFile::open_by(&folder.join("depot.jsonl"), rotation, || NOW.get()).unwrap()
}

/// What stands in the files, those put away first and by name.
fn files(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_by_key(|path| (path.ends_with("depot.jsonl"), path.clone()));
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn a_file_is_put_away_with_the_first_line_of_the_next_hour() {
    let folder = tempfile::tempdir().unwrap();
    set(0);
    let mut file = open(folder.path(), Rotation::new().hourly());
    file.write(b"one\n").unwrap();
    file.write(b"two\n").unwrap();
    set(1);
    assert_eq!(files(folder.path()), ["one\ntwo\n"], "not before there is a line");
    file.write(b"three\n").unwrap();
    file.write(b"four\n").unwrap();
    assert_eq!(files(folder.path()), ["one\ntwo\n", "three\nfour\n"]);
}

#[test]
fn a_clock_that_is_set_forward_puts_away_once() {
    let folder = tempfile::tempdir().unwrap();
    set(0);
    let mut file = open(folder.path(), Rotation::new().hourly());
    file.write(b"one\n").unwrap();
    set(24 * 365);
    file.write(b"two\n").unwrap();
    file.write(b"three\n").unwrap();
    assert_eq!(files(folder.path()), ["one\n", "two\nthree\n"]);
}

#[test]
fn a_clock_that_is_set_back_puts_nothing_away_until_its_next_hour() {
    let folder = tempfile::tempdir().unwrap();
    set(0);
    let mut file = open(folder.path(), Rotation::new().hourly());
    file.write(b"one\n").unwrap();
    set(-5);
    file.write(b"two\n").unwrap();
    assert_eq!(files(folder.path()), ["one\ntwo\n"]);
    set(-4);
    file.write(b"three\n").unwrap();
    assert_eq!(files(folder.path()), ["one\ntwo\n", "three\n"], "and not five hours later");
}

#[test]
fn two_files_of_one_moment_have_names_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    set(0);
    let mut file = open(folder.path(), Rotation::new().at_bytes(4));
    for line in [b"one\n", b"two\n", b"six\n"] {
        file.write(line).unwrap();
    }
    assert_eq!(files(folder.path()), ["one\n", "two\n", "six\n"]);
}

#[test]
fn a_file_of_yesterday_is_put_away_by_the_process_that_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("depot.jsonl");
    fs::write(&path, "old\n").unwrap();
    set(0);
    let yesterday = NOW.get() - Duration::from_secs(24 * 3600);
    OpenOptions::new().append(true).open(&path).unwrap().set_modified(yesterday).unwrap();
    open(folder.path(), Rotation::new().daily()).write(b"new\n").unwrap();
    assert_eq!(files(folder.path()), ["old\n", "new\n"]);
}
