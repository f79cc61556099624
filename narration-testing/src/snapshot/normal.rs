//! Values that differ from run to run become values that do not.
//!
//! In: an event, and what its fields are. Out: its [`Line`]. A value that stands
//! in a text is found there as the value of the event's own field, never by what
//! it looks like.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use narration_record::{Level, Value};

use super::kind::{Kind, Kinds};
use super::part::{Line, Part};
use crate::event::Event;

/// What a moment becomes.
const TIME: &str = "<time>";

/// What shows spans is the order and depth of the steps.
const SHOWN_BY_DEPTH: [&str; 2] = ["span_id", "parent_span_id"];

/// The units a number in a text may be followed by.
const UNITS: [&str; 5] = ["ns", "us", "µs", "ms", "s"];

/// What is known of the values of a story.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normal {
    pub(crate) kinds: Kinds,
    /// Folders by the names that stand for them.
    pub(crate) folders: Vec<(PathBuf, String)>,
}

/// A value as its text has it, and what stands in its place.
struct Known {
    value: String,
    parts: Vec<Part>,
    needs_unit: bool,
    number: bool,
}

impl Normal {
    /// An event as a line.
    pub(crate) fn line(&self, event: &Event) -> Line {
        let known = self.known(event);
        let mut line = Line::default();
        let label = format!("[{}] {}: ", visible(&event.actor), visible(&event.action));
        line.text.push(Part::Text(label));
        line.text.extend(self.within(&event.human, &known));
        if event.level != Level::Info {
            push(&mut line.fields, "level", vec![Part::Text(event.level.to_string())]);
        }
        if let Some(target) = &event.target {
            push(&mut line.fields, "target", self.target(event, target, &known));
        }
        for (name, value) in &event.record().fields {
            if !SHOWN_BY_DEPTH.contains(&name.as_str()) {
                push(&mut line.fields, name, self.value(name, value, &known));
            }
        }
        line
    }

    /// The values of an event that become others.
    fn known(&self, event: &Event) -> Vec<Known> {
        let mut known = Vec::new();
        for (name, value) in &event.record().fields {
            let needs_unit = matches!(self.kinds.of(name), Kind::Elapsed(_));
            let (parts, text) = (self.value(name, value, &[]), value.to_string());
            if !text.is_empty() && parts != [Part::Text(visible(&text))] {
                let number = !matches!(value, Value::Str(_));
                known.push(Known { value: text, parts, needs_unit, number });
            }
        }
        // Of two that begin alike the longer one is meant.
        known.sort_by_key(|known| std::cmp::Reverse(known.value.len()));
        known
    }

    fn value(&self, name: &str, value: &Value, known: &[Known]) -> Vec<Part> {
        match (self.kinds.of(name), value) {
            (Kind::Ordinal(kind), _) => vec![Part::Id { kind, value: value.to_string() }],
            (Kind::Elapsed(mark), _) => vec![Part::Text(mark.to_owned())],
            (Kind::Plain, Value::Str(text)) if text.parse::<Timestamp>().is_ok() => {
                vec![Part::Text(TIME.to_owned())]
            }
            (Kind::Plain, Value::Str(text)) => self.within(text, known),
            (Kind::Plain, value) => vec![Part::Text(value.to_string())],
        }
    }

    /// A target is the value of a field: of the one it equals, else of the one the vocabulary names.
    fn target(&self, event: &Event, target: &str, known: &[Known]) -> Vec<Part> {
        let value = Value::Str(target.to_owned());
        let fields = &event.record().fields;
        let same = fields.iter().find(|(_, other)| *other == value).map(|(name, _)| name.as_str());
        match same.or_else(|| self.kinds.target(&event.actor, &event.action)) {
            Some(name) => self.value(name, &value, known),
            None => self.within(target, known),
        }
    }

    /// A text in which values and folders are replaced.
    fn within(&self, text: &str, known: &[Known]) -> Vec<Part> {
        let mut parts = Parts::default();
        let mut at = 0;
        'letters: while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            for one in known {
                if rest.starts_with(&one.value) && one.stands_at(text, at) {
                    parts.extend(&one.parts);
                    at += one.value.len();
                    continue 'letters;
                }
            }
            if let Some((length, folder)) = self.folder(rest) {
                parts.extend(&folder);
                at += length;
                continue;
            }
            let letter = rest.chars().next().unwrap_or_default();
            parts.letter(letter);
            at += letter.len_utf8();
        }
        parts.done()
    }

    /// The folder a text begins with: one the test named, or one in the folder for temporary files.
    fn folder(&self, text: &str) -> Option<(usize, Vec<Part>)> {
        for (folder, name) in &self.folders {
            if let Some(length) = starts_with(text, folder) {
                return Some((length, vec![Part::Text(name.clone())]));
            }
        }
        let temporary = std::env::temp_dir();
        let real = temporary.canonicalize().unwrap_or_else(|_| temporary.clone());
        [real, temporary].iter().find_map(|folder| {
            let length = starts_with(text, folder)?;
            let rest = text.get(length..)?.strip_prefix(std::path::MAIN_SEPARATOR)?;
            let ends = |letter: char| !letter.is_alphanumeric() && !"._-".contains(letter);
            let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
            let id = Part::Id { kind: "tmp".to_owned(), value: name.to_owned() };
            (!name.is_empty()).then(|| (length + 1 + name.len(), vec![id]))
        })
    }
}

impl Known {
    /// Whether the value stands at this place of a text: as a whole word, and a time with its unit,
    /// since any other number may happen to be the same.
    fn stands_at(&self, text: &str, at: usize) -> bool {
        self.is_word_at(text, at) && (!self.needs_unit || self.has_unit_at(text, at))
    }

    fn is_word_at(&self, text: &str, at: usize) -> bool {
        let (before, behind) = (&text[..at], &text[at + self.value.len()..]);
        let joins = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let is_free = |letter: Option<char>| !letter.is_some_and(joins);
        let behind_is_free = if self.number {
            let fraction = behind.strip_prefix('.').and_then(|rest| rest.chars().next());
            !fraction.is_some_and(|digit| digit.is_ascii_digit())
                && (is_free(behind.chars().next()) || has_unit(behind))
        } else {
            is_free(behind.chars().next())
        };
        is_free(before.chars().next_back()) && behind_is_free
    }

    fn has_unit_at(&self, text: &str, at: usize) -> bool {
        has_unit(text[at + self.value.len()..].trim_start_matches(' '))
    }
}

fn has_unit(text: &str) -> bool {
    let word = text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    UNITS.contains(&word)
}

fn starts_with(text: &str, folder: &Path) -> Option<usize> {
    let folder = folder.to_str()?.trim_end_matches(std::path::MAIN_SEPARATOR);
    let rest = text.strip_prefix(folder).filter(|_| !folder.is_empty())?;
    let joins = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let ends = !rest.chars().next().is_some_and(joins);
    ends.then_some(folder.len())
}

/// Adds a field. An ordinal that is called like its field stands alone.
fn push(fields: &mut Vec<Part>, name: &str, value: Vec<Part>) {
    let between = if fields.is_empty() { "" } else { "  " };
    let alone = match value.as_slice() {
        [Part::Id { kind, .. }] => {
            kind == name || name.strip_suffix("_id") == Some(kind) || name == "correlation_id"
        }
        _ => false,
    };
    let key = if alone { String::new() } else { format!("{}=", visible(name)) };
    fields.push(Part::Text(format!("{between}{key}")));
    fields.extend(value);
}

/// Pieces in the making.
#[derive(Default)]
struct Parts {
    parts: Vec<Part>,
    words: String,
}

impl Parts {
    fn letter(&mut self, letter: char) {
        if letter.is_control() {
            self.words.extend(letter.escape_default());
        } else {
            self.words.push(letter);
        }
    }

    fn extend(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Text(text) => self.words.push_str(text),
                Part::Id { .. } => {
                    self.close();
                    self.parts.push(part.clone());
                }
            }
        }
    }

    fn close(&mut self) {
        if !self.words.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.words)));
        }
    }

    fn done(mut self) -> Vec<Part> {
        self.close();
        self.parts
    }
}

/// Text that stays on its line.
fn visible(text: &str) -> String {
    let mut parts = Parts::default();
    text.chars().for_each(|letter| parts.letter(letter));
    parts.words
}
