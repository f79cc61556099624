//! Sinks that fail: the service goes on, and what is lost is counted and told.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use crate::courier::{Lines, Report, courier, file};

#[test]
fn a_stalled_reader_costs_lines_and_no_time_where_the_newest_are_dropped() {
    let mut child = courier("steps", &["delivery=drop-newest", "capacity=20000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut steps, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut answers = BufReader::new(child.stderr.take().unwrap());
    // Nobody reads its output until it says that it has told everything.
    steps.write_all(b"+20000\n").unwrap();
    let mut answer = String::new();
    answers.read_line(&mut answer).unwrap();
    assert_eq!(Report::read(&answer).count("told"), 20_000);
    drop(steps);
    let mut text = String::new();
    output.read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let lines = Lines::of(&text);
    assert_eq!(lines.broken, [""; 0]);
    let lost = lines.told_lost("full");
    assert_eq!(lines.numbers.len() as u64 + lost, 20_000);
    assert!(lines.numbers.is_sorted(), "what is kept keeps its order");
}

#[test]
fn a_reader_that_leaves_is_counted_line_by_line() {
    for delivery in ["delivery=block", "delivery=direct", "delivery=drop-newest"] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = courier("emit", &[delivery, "lines=5000"])
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let report = Report::of(&output);
        assert_eq!(report.count("lost"), 5000, "{delivery}: {report:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_counted_and_standard_error_takes_the_lines_where_that_is_chosen() {
    let output = courier("emit", &["lines=500", "file=/dev/full"]).output().unwrap();
    let report = Report::of(&output);
    assert_eq!((report.count("lost"), report.count("disk-full")), (500, 500));

    let output =
        courier("emit", &["lines=500", "file=/dev/full", "fallback=true"]).output().unwrap();
    let report = Report::of(&output);
    assert_eq!((report.count("lost"), report.count("diverted")), (0, 500));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let (lines, _) = stderr.trim_end().rsplit_once('\n').unwrap();
    Lines::of(&format!("{lines}\n")).are_all_of(500);
}

#[test]
fn a_line_larger_than_the_buffer_is_counted_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courier.jsonl");
    let output = courier("emit", &["lines=100", "capacity=250", &file(&path)]).output().unwrap();
    let (report, lines) = (Report::of(&output), Lines::of_file(&path));
    let lost = report.count("too-large");
    assert!(lost > 0, "{report:?}");
    assert_eq!(lines.numbers.len() as u64 + lost, 100);
    assert_eq!(lines.told_lost("too-large"), lost, "it is told in the file itself");
}

#[test]
fn a_sink_that_never_takes_anything_holds_nobody_up_at_the_end() {
    let mut child =
        courier("emit", &["delivery=drop-newest", "capacity=300000", "patience=100", "lines=2000"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    // The buffer holds more than the pipe does, and nobody reads that until the courier is gone.
    let mut report = String::new();
    child.stderr.take().unwrap().read_to_string(&mut report).unwrap();
    assert!(child.wait().unwrap().success());
    let report = Report::read(report.lines().last().unwrap());
    assert!(report.count("shutdown") > 0, "{report:?}");
    assert!(report.count("lost") <= 2000, "{report:?}");
}
