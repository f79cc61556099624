//! One thing that is asked of a narration.
//!
//! In: an event. Out: whether it passes, and in words what was asked and what is there.

use std::fmt;

use narration_record::{Level, Value};
use regex::Regex;

use crate::event::Event;

/// One thing that is asked of a narration.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// Its text contains these words.
    Text(String),
    /// It has this key.
    Has(String),
    /// A key has this value, compared as text.
    Is(String, String),
    /// The value of a key matches.
    Matches(String, Regex),
    /// It is at least this bad.
    AtLeast(Level),
    /// Whether production hears it.
    Heard(bool),
}

impl Test {
    /// Whether an event passes.
    pub(crate) fn passes(&self, event: &Event) -> bool {
        match self {
            Self::Text(text) => event.human.contains(text.as_str()),
            Self::Has(key) => event.value(key).is_some(),
            Self::Is(key, wanted) => event.value(key).is_some_and(|value| is(&value, wanted)),
            Self::Matches(key, pattern) => {
                event.value(key).is_some_and(|value| pattern.is_match(&value.to_string()))
            }
            Self::AtLeast(level) => event.level >= *level,
            Self::Heard(heard) => event.is_filtered() != *heard,
        }
    }

    /// The key it looks at.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Text(_) => "human",
            Self::Has(key) | Self::Is(key, _) | Self::Matches(key, _) => key,
            Self::AtLeast(_) => "level",
            Self::Heard(_) => "production",
        }
    }

    /// What an event has instead.
    pub(crate) fn found(&self, event: &Event) -> String {
        match self {
            Self::Heard(_) if event.is_filtered() => "filtered out".to_owned(),
            Self::Heard(_) => "heard".to_owned(),
            _ => event.value(self.key()).map_or("(absent)".to_owned(), |value| quoted(&value)),
        }
    }

    /// What is asked, without the key.
    pub(crate) fn wanted(&self) -> String {
        match self {
            Self::Text(text) => format!("…{text:?}…"),
            Self::Has(_) => "(any value)".to_owned(),
            Self::Is(_, value) => format!("{value:?}"),
            Self::Matches(_, pattern) => format!("/{pattern}/"),
            Self::AtLeast(level) => format!("{level} or worse"),
            Self::Heard(true) => "heard".to_owned(),
            Self::Heard(false) => "filtered out".to_owned(),
        }
    }
}

/// What is asked, as part of a sentence.
impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "a text that includes {text:?}"),
            Self::Has(key) => write!(f, "a field {key:?}"),
            Self::Is(key, value) => write!(f, "{key} = {value:?}"),
            Self::Matches(key, pattern) => write!(f, "{key} matching /{pattern}/"),
            Self::AtLeast(level) => write!(f, "level {level} or worse"),
            Self::Heard(true) => f.write_str("heard in production"),
            Self::Heard(false) => f.write_str("filtered in production"),
        }
    }
}

/// Whether a value is this one; numbers are compared as numbers, so that `1` is `1.0`.
fn is(value: &Value, wanted: &str) -> bool {
    match value {
        Value::F64(number) => wanted.parse() == Ok(*number),
        _ => value.to_string() == wanted,
    }
}

fn quoted(value: &Value) -> String {
    match value {
        Value::Str(text) => format!("{text:?}"),
        other => other.to_string(),
    }
}
