//! Why a line is no record: what is wrong, where, and the way out.

use std::error::Error;
use std::fmt;

use crate::UnknownLevel;

/// Why a line could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in the line.
    Empty,
    /// The line is neither a flat JSON object nor `key=value` pairs.
    Syntax {
        /// Where it goes wrong, in bytes from 1.
        column: usize,
        /// What was found and what belongs there.
        reason: String,
    },
    /// Keys that every record has are not there.
    MissingKeys {
        /// All of them, in the order of a record.
        keys: Vec<&'static str>,
    },
    /// A key stands more than once.
    DuplicateKey {
        /// That key.
        key: String,
    },
    /// A key of the head holds something other than a string.
    NotAString {
        /// That key.
        key: &'static str,
        /// What it holds.
        found: &'static str,
    },
    /// The value of `timestamp` is no time.
    Timestamp {
        /// What the calendar says about it.
        reason: String,
    },
    /// The value of `level` is no level.
    Level(UnknownLevel),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("the line is empty: skip it, or give a line that is a record")
            }
            Self::Syntax { column, reason } => write!(f, "column {column}: {reason}"),
            Self::MissingKeys { keys } => write!(
                f,
                "no key `{}`: every record has timestamp, level, actor, action and human; \
                 is this the line of another program?",
                keys.join("`, `")
            ),
            Self::DuplicateKey { key } => {
                write!(f, "the key {key:?} stands more than once: keep one, or rename the other")
            }
            Self::NotAString { key, found } => {
                write!(f, "`{key}` holds {found} where a record has a string: put it in quotes")
            }
            Self::Timestamp { reason } => {
                write!(f, "`timestamp` is no time such as 2026-11-21T18:34:05.123456Z: {reason}")
            }
            Self::Level(error) => write!(f, "`level`: {error}"),
        }
    }
}

impl Error for ReadError {}
