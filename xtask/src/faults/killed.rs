//! `SIGKILL` under load: what a flush acknowledged is there, and no line is torn.
//!
//! A hundred times a courier tells lines as fast as it can and says which of
//! them a flush has acknowledged, until it is killed. Then one that ends well
//! opens the same file, as a restarted service does.

use std::fs;
use std::io::{BufRead as _, BufReader};

use super::courier::{Courier, Lines};
use super::{Outcome, Outcomes};
use crate::failure::{Failure, Telling};

const ROUNDS: u64 = 100;

pub(super) fn run(courier: &Courier) -> Outcomes {
    let mut all = Tally::default();
    for round in 0..ROUNDS {
        all.add(courier, round)?;
    }
    let Tally { acknowledged, missing, torn, mended } = all;
    Ok(vec![Outcome {
        fault: format!("`SIGKILL` under load, {ROUNDS} times"),
        emitted: acknowledged,
        written: acknowledged - missing,
        lost: 0,
        torn,
        note: format!(
            "emitted: what a flush acknowledged; lines torn by the kill and taken away by the restart: {mended}"
        ),
    }])
}

#[derive(Default)]
struct Tally {
    acknowledged: u64,
    missing: u64,
    torn: u64,
    mended: u64,
}

impl Tally {
    fn add(&mut self, courier: &Courier, round: u64) -> Result<(), Failure> {
        let path = courier.path("killed.jsonl");
        let _ = fs::remove_file(&path);
        let place = format!("file={}", path.display());
        // Small batches and large ones.
        let every = if round.is_multiple_of(2) { "every=37" } else { "every=2000" };
        let mut child = courier.start("flood", &[&place, every])?;
        let mut acknowledged = 0;
        if let Some(output) = child.stdout.take() {
            // Each round at another moment.
            let enough = usize::try_from(1 + round * 7 % 30).unwrap_or(1);
            for line in BufReader::new(output).lines().take(enough) {
                let line = line.told(|| "cannot hear the courier".to_owned())?;
                acknowledged = line.parse::<u64>().told(|| format!("no number: {line:?}"))? + 1;
            }
        }
        child.kill().and_then(|()| child.wait()).told(|| "cannot kill the courier".to_owned())?;
        let left = Lines::of_file(&path)?;
        let there = left.numbers.iter().filter(|number| **number < acknowledged).count() as u64;
        courier.run("emit", &[&place, "lines=1"])?;
        self.acknowledged += acknowledged;
        self.missing += acknowledged - there;
        self.mended += left.torn;
        self.torn += Lines::of_file(&path)?.torn;
        Ok(())
    }
}
