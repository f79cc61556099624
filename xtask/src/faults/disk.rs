//! Disks that are full.
//!
//! `/dev/full` takes nothing, a limit of the file's size takes a part, and a
//! small file system, where one may be mounted, is full in the middle of a line.

use std::fs;
use std::process::{Command, Stdio};

use super::courier::{Courier, Lines, Report, hear_nothing};
use super::{Outcome, Outcomes};
use crate::failure::{Failure, Telling};

const LINES: u64 = 20_000;

pub(super) fn run(courier: &Courier) -> Outcomes {
    let report = courier.run("emit", &["file=/dev/full", &format!("lines={LINES}")])?;
    let mut outcomes = vec![Outcome {
        fault: "a device that takes nothing (`/dev/full`)".to_owned(),
        emitted: LINES,
        written: 0,
        lost: report.count("disk-full"),
        torn: 0,
        note: String::new(),
    }];
    // Blocks of 512 bytes: half a megabyte. The signal would end a service that does not ignore it.
    outcomes.push(in_shell(
        courier,
        "a limit of the file's size",
        "ulimit -f 1024; trap '' XFSZ; ",
    )?);
    let mount = "mount -t tmpfs -o size=512k narration \"$FOLDER/small\" && ";
    if may_mount() {
        outcomes.push(in_shell(courier, "a small file system (tmpfs)", mount)?);
    }
    Ok(outcomes)
}

/// Whether a file system may be mounted where nobody else sees it.
fn may_mount() -> bool {
    let mut probe = Command::new("unshare");
    probe.args(["--mount", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Emits to a file in a shell that was made tight before.
fn in_shell(courier: &Courier, fault: &str, before: &str) -> Result<Outcome, Failure> {
    let path = courier.path("small/courier.jsonl");
    let kept = courier.path("kept.jsonl");
    fs::create_dir_all(courier.path("small")).told(|| "cannot make a folder".to_owned())?;
    let script = format!(
        "{before} \"$COURIER\" emit threads=2 lines={LINES} \"file=$FOLDER/small/courier.jsonl\"; \
         ulimit -f unlimited 2>/dev/null; cat \"$FOLDER/small/courier.jsonl\" > \"$FOLDER/kept.jsonl\""
    );
    let mounts = before.starts_with("mount");
    let mut command = if mounts {
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &script]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &script]);
        command
    };
    hear_nothing(&mut command);
    command.env("COURIER", &courier.program).env("FOLDER", &courier.folder);
    let output = command.output().told(|| "cannot start a shell".to_owned())?;
    let report = Report::of(&output.stderr);
    // What is not mounted here is left as it was.
    let lines = Lines::of_file(if mounts { &kept } else { &path })?;
    Ok(Outcome {
        fault: fault.to_owned(),
        emitted: LINES,
        written: lines.count(),
        lost: report.count("disk-full"),
        torn: lines.torn,
        note: String::new(),
    })
}
