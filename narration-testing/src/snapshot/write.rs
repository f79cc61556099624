//! A story in order becomes text.
//!
//! In: steps and lines. Out: two lines of text a narration, `[actor] action: human`
//! and its fields, set in by its depth. Ids get their numbers here, in the order
//! they are told.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::order::Step;
use super::part::{Line, Part};

/// What stands before a branch of a concurrent group.
pub(crate) const BRANCH: &str = "∥";

/// What stands before a narration's fields.
pub(crate) const FIELDS: &str = "    | ";

/// Writes a story.
pub(crate) fn write(steps: &[Step], lines: &[Line]) -> String {
    let mut writer = Writer { lines, numbers: HashMap::new(), text: String::new() };
    writer.steps(steps, 0);
    writer.text
}

/// The `[actor] action` of a line.
pub(crate) fn label(text: &[Part]) -> String {
    match text.first() {
        Some(Part::Text(text)) => opening(text).to_owned(),
        _ => String::new(),
    }
}

/// The `[actor] action` that a written line begins with.
pub(crate) fn opening(line: &str) -> &str {
    line.split(": ").next().unwrap_or_default().trim_end_matches(':')
}

struct Writer<'w> {
    lines: &'w [Line],
    numbers: HashMap<&'w str, Vec<&'w str>>,
    text: String,
}

impl<'w> Writer<'w> {
    fn steps(&mut self, steps: &[Step], depth: usize) {
        for step in steps {
            match step {
                Step::Told(index) => self.line(*index, depth),
                Step::Within(steps) => self.steps(steps, depth + 1),
                Step::Concurrent(branches) => {
                    for (place, branch) in branches.iter().enumerate() {
                        let number = place + 1;
                        let _ = writeln!(
                            self.text,
                            "{:indent$}{BRANCH} {number} of {}",
                            "",
                            branches.len(),
                            indent = depth * 2
                        );
                        self.steps(branch, depth + 1);
                    }
                }
            }
        }
    }

    fn line(&mut self, index: usize, depth: usize) {
        let lines = self.lines;
        let Some(line) = lines.get(index) else { return };
        let indent = "  ".repeat(depth);
        self.text.push_str(&indent);
        self.parts(&line.text);
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        if !line.fields.is_empty() {
            self.text.push_str(&indent);
            self.text.push_str(FIELDS);
            self.parts(&line.fields);
            self.text.truncate(self.text.trim_end().len());
            self.text.push('\n');
        }
    }

    fn parts(&mut self, parts: &'w [Part]) {
        for part in parts {
            match part {
                Part::Text(text) => self.text.push_str(text),
                Part::Id { kind, value } => {
                    let known = self.numbers.entry(kind).or_default();
                    let place = known.iter().position(|other| other == value);
                    let number = place.unwrap_or_else(|| {
                        known.push(value);
                        known.len() - 1
                    }) + 1;
                    let _ = write!(self.text, "{kind}#{number}");
                }
            }
        }
    }
}
