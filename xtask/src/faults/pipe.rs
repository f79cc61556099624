//! Pipes whose readers are slow, or leave.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Child;
use std::thread;
use std::time::Duration;

use super::courier::{Courier, Lines, Report};
use super::{Outcome, Outcomes};
use crate::failure::{Failure, Telling};

const LINES: u64 = 20_000;

pub(super) fn run(courier: &Courier) -> Outcomes {
    let settings = |delivery: &'static str| [delivery, "capacity=65536"];
    Ok(vec![
        slow(courier, "a slow reader, `block`", &settings("delivery=block"))?,
        slow(courier, "a slow reader, `drop-newest`", &settings("delivery=drop-newest"))?,
        slow(courier, "a slow reader, `direct`", &settings("delivery=direct"))?,
        closed(courier, "a reader that leaves, `block`", "delivery=block")?,
        closed(courier, "a reader that leaves, `drop-newest`", "delivery=drop-newest")?,
        closed(courier, "a reader that leaves, `direct`", "delivery=direct")?,
    ])
}

/// Reads a little, rests, and reads on.
fn slow(courier: &Courier, fault: &str, settings: &[&str]) -> Result<Outcome, Failure> {
    let lines = format!("lines={LINES}");
    let mut child = courier.start("emit", &[settings, &["threads=2", &lines]].concat())?;
    let mut text = Vec::new();
    if let Some(mut output) = child.stdout.take() {
        let mut sip = [0; 64 * 1024];
        loop {
            match output.read(&mut sip).told(|| "cannot hear the courier".to_owned())? {
                0 => break,
                took => text.extend_from_slice(sip.get(..took).unwrap_or_default()),
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    let report = report_of(child)?;
    let lines = Lines::of(&String::from_utf8_lossy(&text));
    Ok(Outcome {
        fault: fault.to_owned(),
        emitted: LINES,
        written: lines.count(),
        lost: report.count("lost"),
        torn: lines.torn,
        note: String::new(),
    })
}

/// Reads all that was told so far and leaves; what is told afterwards is lost.
fn closed(courier: &Courier, fault: &str, delivery: &str) -> Result<Outcome, Failure> {
    let (before, after) = (100, 5000);
    let mut child = courier.start("steps", &[delivery])?;
    let pipes = (child.stdin.take(), child.stdout.take());
    let (Some(mut steps), Some(output)) = pipes else {
        return Err(Failure::new("the courier has no pipes"));
    };
    let told = || "the courier does not answer".to_owned();
    writeln!(steps, "{before}").told(told)?;
    let mut text = String::new();
    let mut reader = BufReader::new(output);
    for _ in 0..before {
        reader.read_line(&mut text).told(told)?;
    }
    drop(reader);
    writeln!(steps, "{after}").told(told)?;
    drop(steps);
    let (lines, report) = (Lines::of(&text), report_of(child)?);
    Ok(Outcome {
        fault: fault.to_owned(),
        emitted: before + after,
        written: lines.count(),
        lost: report.count("closed-pipe"),
        torn: lines.torn,
        note: String::new(),
    })
}

fn report_of(child: Child) -> Result<Report, Failure> {
    let output = child.wait_with_output().told(|| "cannot wait for the courier".to_owned())?;
    Ok(Report::of(&output.stderr))
}
