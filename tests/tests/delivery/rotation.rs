//! Files that are put away by size, kept in number, compressed; and by a signal.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::courier::{Lines, Report, courier, file};

/// Everything of the courier's in a folder, the oldest first, the file that is written to last.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort_by_key(|path| (path.file_name().unwrap() == "courier.jsonl", path.clone()));
    all
}

fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if path.extension().unwrap() != "gz" {
        return String::from_utf8(bytes).unwrap();
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn files_are_put_away_by_size_and_nothing_is_lost_between_them() {
    for delivery in ["delivery=block", "delivery=direct"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("courier.jsonl");
        let settings = ["lines=4000", "bytes=200000", "threads=2", delivery, &file(&path)];
        let output = courier("emit", &settings).output().unwrap();
        assert_eq!(Report::of(&output).count("lost"), 0);
        let files = all(folder.path());
        assert!(files.len() > 3, "{files:?}");
        for file in &files {
            assert!(fs::metadata(file).unwrap().len() <= 200_000, "{file:?}");
        }
        Lines::of(&files.iter().map(|path| text(path)).collect::<String>()).are_all_of(4000);
    }
}

#[test]
fn as_many_as_are_to_be_kept_are_kept_and_those_are_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let settings = ["lines=4000", "bytes=100000", "keep=2", "delivery=direct", &file(&path)];
    courier("emit", &settings).output().unwrap();
    // Whoever rotates last while files are seen to leaves its own for the next time.
    let settings = ["lines=1", "bytes=10", "keep=2", "delivery=direct", &file(&path)];
    courier("emit", &settings).output().unwrap();
    let files = all(folder.path());
    assert_eq!(files.len(), 3, "{files:?}");
    let numbers = Lines::of(&text(&files[1])).numbers;
    assert_eq!(numbers.last(), Some(&3999), "the newest is there");
}

#[test]
fn what_was_put_away_is_compressed_when_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let settings = ["lines=4000", "bytes=300000", "compress=true", &file(&path)];
    courier("emit", &settings).output().unwrap();
    let settings = ["lines=1", "bytes=10", "compress=true", &file(&path)];
    courier("emit", &settings).output().unwrap();
    let mut files = all(folder.path());
    assert_eq!(Lines::of(&text(&files.pop().unwrap())).numbers, [0]);
    assert!(files.iter().all(|path| path.extension().unwrap() == "gz"), "{files:?}");
    Lines::of(&files.iter().map(|path| text(path)).collect::<String>()).are_all_of(4000);
}

#[cfg(unix)]
#[test]
fn a_service_that_is_told_to_end_writes_everything_and_ends_by_the_signal() {
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let mut child =
        courier("signals", &["lines=3000", &file(&path)]).stderr(Stdio::piped()).spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut ready).unwrap();
    let kill = |signal: &str| {
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success()
    };
    assert!(kill("-HUP") && kill("-TERM"));
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    Lines::of_file(&path).are_all_of(3000);
}
