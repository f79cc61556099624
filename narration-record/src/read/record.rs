//! A record as values: what a line said.

use std::fmt;

use jiff::Timestamp;

use crate::Level;

/// One line, read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When it happened.
    pub timestamp: Timestamp,
    /// How bad it is.
    pub level: Level,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// What it was done to.
    pub target: Option<String>,
    /// The plain-English text.
    pub human: String,
    /// Everything else, in the order of the line, under the keys of the line.
    pub fields: Vec<(String, Value)>,
}

impl Record {
    /// The value of a field; the head's own keys are not among them.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, or what JSON has no number for (`NaN`, infinities, beyond 64 bits).
    Str(String),
    /// A whole number from zero up.
    U64(u64),
    /// A whole number below zero.
    I64(i64),
    /// A number with a decimal point or an exponent.
    F64(f64),
    /// `true` or `false`.
    Bool(bool),
}

impl Value {
    /// The text of a string; nothing for numbers and booleans.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for a sentence.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Str(_) => "a string",
            Self::U64(_) | Self::I64(_) | Self::F64(_) => "a number",
            Self::Bool(_) => "a boolean",
        }
    }
}

/// The value alone, without quotes and escapes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Str(text) => f.pad(text),
            Self::U64(number) => number.fmt(f),
            Self::I64(number) => number.fmt(f),
            Self::F64(number) => f.pad(zmij::Buffer::new().format(*number)),
            Self::Bool(truth) => truth.fmt(f),
        }
    }
}
