//! What became of a story.
//!
//! In: the text of its file and the new one. Out: each difference in words: lost,
//! added, reordered, changed, correlation broken.

use std::collections::HashMap;
use std::fmt::Write as _;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::write::{BRANCH, FIELDS, opening};

/// The most differences that are listed.
const SHOWN: usize = 40;

/// A step as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Step {
    /// How deep it stands, and in which branches.
    place: String,
    /// The narration.
    text: String,
    fields: String,
}

/// Tells the differences.
pub(super) fn explain(told: &str, now: &str) -> String {
    let (old, new) = (steps(told), steps(now));
    let (mut lost, mut added, mut report) = (Vec::new(), Vec::new(), Report::default());
    let masks = |steps: &[Step]| steps.iter().map(Step::masked).collect::<Vec<_>>();
    for change in capture_diff_slices(Algorithm::Myers, &masks(&old), &masks(&new)) {
        match change {
            DiffOp::Equal { old_index, new_index, len } => {
                let pairs = old.iter().skip(old_index).zip(new.iter().skip(new_index)).take(len);
                pairs.for_each(|(old, new)| report.same(old, new));
            }
            _ => {
                lost.extend(old.get(change.old_range()).unwrap_or_default());
                added.extend(new.get(change.new_range()).unwrap_or_default());
            }
        }
    }
    // The same narration elsewhere, then another one of the same action, then what is left.
    pair(&mut lost, &mut added, Step::masked, |old, new| report.moved(old, new));
    pair(
        &mut lost,
        &mut added,
        |step| step.opening().to_owned(),
        |old, new| {
            report.differ("changed", old, new);
        },
    );
    lost.iter().for_each(|step| report.one("lost", '-', step));
    added.iter().for_each(|step| report.one("added", '+', step));
    if report.text.is_empty() {
        report.text.push_str("reordered: the same steps, in other branches\n");
    }
    if report.more > 0 {
        let _ = writeln!(report.text, "… {} more differences", report.more);
    }
    report.text
}

/// Takes out what is equal by a key, in the order it is told.
fn pair<'s>(
    lost: &mut Vec<&'s Step>,
    added: &mut Vec<&'s Step>,
    key: impl Fn(&Step) -> String,
    mut found: impl FnMut(&Step, &Step),
) {
    let mut by_key: HashMap<String, Vec<&'s Step>> = HashMap::new();
    for step in added.iter().rev() {
        by_key.entry(key(step)).or_default().push(step);
    }
    lost.retain(|old| match by_key.get_mut(&key(old)).and_then(Vec::pop) {
        Some(new) => {
            found(old, new);
            added.retain(|other| !std::ptr::eq(*other, new));
            false
        }
        None => true,
    });
}

#[derive(Default)]
struct Report {
    text: String,
    shown: usize,
    more: usize,
    renumbered: Renumbered,
}

/// Which numbers of the one text are which of the other: a lost id moves all that come behind it.
#[derive(Default)]
struct Renumbered {
    forth: HashMap<String, String>,
    back: HashMap<String, String>,
}

impl Renumbered {
    /// Whether each id of a step is the one it was in the steps before.
    fn keeps(&mut self, old: &Step, new: &Step) -> bool {
        let (old, new) = (old.ordinals(), new.ordinals());
        old.into_iter().zip(new).all(|(old, new)| {
            let forth = self.forth.entry(old.clone()).or_insert_with(|| new.clone());
            let back = self.back.entry(new.clone()).or_insert_with(|| old.clone());
            *forth == new && *back == old
        })
    }
}

impl Report {
    /// Steps that say the same, but for the numbers of their ids and for where they stand.
    fn same(&mut self, old: &Step, new: &Step) {
        if !self.renumbered.keeps(old, new) {
            self.differ("correlation broken", old, new);
        } else if old.place != new.place {
            self.moved(old, new);
        }
    }

    fn moved(&mut self, old: &Step, new: &Step) {
        if self.has_room() {
            let _ = writeln!(self.text, "reordered: {}", new.text);
            if old.place != new.place {
                let _ = writeln!(self.text, "  it stood {}, and stands {}", old.place, new.place);
            }
            if (&old.text, &old.fields) != (&new.text, &new.fields) {
                self.lines(old, new);
            }
        }
    }

    fn differ(&mut self, what: &str, old: &Step, new: &Step) {
        if self.has_room() {
            let _ = writeln!(self.text, "{what}: {}", new.opening());
            self.lines(old, new);
        }
    }

    fn lines(&mut self, old: &Step, new: &Step) {
        for (old, new) in [(&old.text, &new.text), (&old.fields, &new.fields)] {
            if old != new {
                let _ = writeln!(self.text, "  - {old}\n  + {new}");
            }
        }
    }

    fn one(&mut self, what: &str, sign: char, step: &Step) {
        if self.has_room() {
            let _ = writeln!(self.text, "{what}: {}", step.opening());
            let _ = writeln!(self.text, "  {sign} {}", step.text);
            if !step.fields.is_empty() {
                let _ = writeln!(self.text, "  {sign} {}", step.fields);
            }
        }
    }

    fn has_room(&mut self) -> bool {
        let has_room = self.shown < SHOWN;
        if has_room {
            self.shown += 1
        } else {
            self.more += 1
        }
        has_room
    }
}

impl Step {
    fn opening(&self) -> &str {
        opening(&self.text)
    }

    /// Its ids, in the order they stand: `job#2`.
    fn ordinals(&self) -> Vec<String> {
        let words = self.text.split_whitespace().chain(self.fields.split_whitespace());
        let pieces = words.flat_map(|word| word.split(|letter: char| !is_of_id(letter)));
        pieces.filter(|piece| piece.contains('#')).map(str::to_owned).collect()
    }

    /// What it says whichever ids it says it of.
    fn masked(&self) -> String {
        let mut masked = String::new();
        let mut letters = self.text.chars().chain(['\n']).chain(self.fields.chars()).peekable();
        while let Some(letter) = letters.next() {
            masked.push(letter);
            if letter == '#' {
                while letters.next_if(char::is_ascii_digit).is_some() {}
            }
        }
        masked
    }
}

fn is_of_id(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '#'
}

/// The steps of a text.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut branches: Vec<usize> = Vec::new();
    for line in text.lines() {
        let said = line.trim_start();
        let depth = (line.len() - said.len()) / 2;
        if let (Some(fields), Some(step)) =
            (said.strip_prefix(FIELDS.trim_start()), steps.last_mut())
        {
            fields.clone_into(&mut step.fields);
            continue;
        }
        branches.retain(|branch| *branch < depth);
        if said.starts_with(BRANCH) {
            branches.push(depth);
            continue;
        }
        let beside = if branches.is_empty() { "" } else { ", in a concurrent group" };
        let place = format!("at depth {depth}{beside}");
        steps.push(Step { place, text: said.to_owned(), fields: String::new() });
    }
    steps
}
