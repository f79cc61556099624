//! Files that are rotated while three processes write to them: by the
//! processes themselves, by renaming, and both at once.

use std::fs;
use std::process::Child;
use std::thread;
use std::time::Duration;

use super::courier::{Courier, Lines, Report};
use super::{Outcome, Outcomes};
use crate::failure::{Failure, Telling};

const LINES: u64 = 20_000;

pub(super) fn run(courier: &Courier) -> Outcomes {
    Ok(vec![
        rotated(courier, "rotated by three processes at 200 kB", &["bytes=200000"], false)?,
        rotated(courier, "renamed under three processes", &[], true)?,
        rotated(courier, "both at once", &["bytes=200000"], true)?,
    ])
}

fn rotated(
    courier: &Courier,
    fault: &str,
    settings: &[&str],
    renamed: bool,
) -> Result<Outcome, Failure> {
    let folder = courier.path("rotated");
    let _ = fs::remove_dir_all(&folder);
    let path = folder.join("courier.jsonl");
    let (place, lines) = (format!("file={}", path.display()), format!("lines={LINES}"));
    let settings = [settings, &["threads=2", &place, &lines]].concat();
    let start = |_| courier.start("emit", &settings);
    let mut children = (0..3).map(start).collect::<Result<Vec<Child>, _>>()?;
    let mut renames = 0;
    while renamed && children.iter_mut().any(|child| matches!(child.try_wait(), Ok(None))) {
        let away = folder.join(format!("away.{renames}"));
        renames += u64::from(fs::rename(&path, away).is_ok());
        thread::sleep(Duration::from_millis(5));
    }
    let mut lost = 0;
    for child in children {
        let output = child.wait_with_output().told(|| "cannot wait for the courier".to_owned())?;
        lost += Report::of(&output.stderr).count("lost");
    }
    let (mut written, mut torn, mut files) = (0, 0, 0_u64);
    for entry in fs::read_dir(&folder).told(|| format!("cannot list {}", folder.display()))? {
        let entry = entry.told(|| "cannot read a folder".to_owned())?;
        let lines = Lines::of_file(&entry.path())?;
        (written, torn, files) = (written + lines.count(), torn + lines.torn, files + 1);
    }
    let note = format!("{files} files, {renames} of them renamed by somebody else");
    let fault = fault.to_owned();
    Ok(Outcome { fault, emitted: 3 * LINES, written, lost, torn, note })
}
