//! How a process ends, and what of its lines is in the file then.

use crate::courier::{Lines, Report, courier, file};

#[test]
fn a_service_that_ends_has_everything_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    for (number, settings) in [
        &["threads=4"][..],
        &["delivery=direct"],
        &["capacity=600", "threads=3"],
        &["delivery=drop-newest", "capacity=100000000"],
    ]
    .iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{number}.jsonl"));
        let place = file(&path);
        let settings: Vec<_> = [&["lines=5000", &*place], *settings].concat();
        let output = courier("emit", &settings).output().unwrap();
        assert_eq!(Report::of(&output).count("lost"), 0, "{settings:?}");
        Lines::of_file(&path).are_all_of(5000);
    }
}

#[test]
fn a_queue_before_standard_output_changes_nothing_but_the_pace() {
    for delivery in ["delivery=direct", "delivery=block"] {
        let output = courier("emit", &["lines=5000", "threads=2", delivery]).output().unwrap();
        Lines::of(&String::from_utf8(output.stdout).unwrap()).are_all_of(5000);
    }
}

#[test]
fn a_flush_before_exit_writes_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    assert!(courier("exit", &["lines=3000", &file(&path)]).status().unwrap().success());
    Lines::of_file(&path).are_all_of(3000);
}

#[test]
fn a_panic_leaves_everything_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for scene in ["panic", "panicking-thread"] {
        let path = folder.path().join(scene);
        let output = courier(scene, &["lines=3000", &file(&path)]).output().unwrap();
        assert_eq!(output.status.success(), scene == "panicking-thread");
        Lines::of_file(&path).are_all_of(3000);
    }
}

#[test]
fn what_is_told_after_the_guard_is_gone_is_written_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let output = courier("after", &["lines=300", "threads=3", &file(&path)]).output().unwrap();
    assert_eq!(Report::of(&output).count("lost"), 0);
    Lines::of_file(&path).are_all_of(300);
}

#[test]
fn in_the_crash_safe_mode_a_failure_and_all_before_it_survive_an_abort() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let output = courier("failure", &["lines=700", "sync=true", &file(&path)]).output().unwrap();
    assert!(!output.status.success());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.lines().last().unwrap().contains("The belt has stopped"), "{text}");
    Lines::of(&text).are_all_of(700);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("unwritten=0"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_process_that_is_forked_off_hangs_nobody_and_writes_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    for (number, delivery) in
        ["delivery=block", "delivery=drop-newest", "delivery=direct"].into_iter().enumerate()
    {
        let path = folder.path().join(format!("{number}.jsonl"));
        // Standard error ends with the last of the two.
        let settings = ["lines=500", "capacity=4000000", delivery, &file(&path)];
        let output = courier("fork", &settings).output().unwrap();
        let lines = Lines::of_file(&path);
        assert_eq!(lines.broken, [""; 0]);
        let (parents, theirs): (Vec<u64>, Vec<u64>) =
            lines.numbers.iter().partition(|number| **number < 1_000_000);
        assert!(parents.into_iter().eq(0..1000), "{delivery}: each once");
        let stderr = String::from_utf8(output.stderr).unwrap();
        let lost: u64 = stderr.lines().map(|line| Report::read(line).count("lost")).sum();
        assert!(theirs.len() as u64 + lost >= 500, "{delivery}: {stderr}");
    }
}
