//! A narration as a snapshot tells it, before its ids have numbers.
//!
//! In: nothing. Out: the types between reading, ordering and writing.

use std::hash::{Hash, Hasher};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Words.
    Text(String),
    /// A value that gets a number.
    Id {
        /// What the number counts.
        kind: String,
        /// The value itself, which no snapshot shows.
        value: String,
    },
}

/// One narration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// `[actor] action: human`.
    pub(crate) text: Vec<Part>,
    /// The fields.
    pub(crate) fields: Vec<Part>,
}

impl Line {
    /// All pieces.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.text.iter().chain(&self.fields)
    }
}

/// Feeds pieces to a hasher, each id as what is known of it so far.
pub(crate) fn hash_parts<'p>(
    parts: impl Iterator<Item = &'p Part>,
    known: impl Fn(&str, &str) -> u64,
    hasher: &mut impl Hasher,
) {
    for part in parts {
        match part {
            Part::Text(text) => text.hash(hasher),
            Part::Id { kind, value } => (kind, known(kind, value)).hash(hasher),
        }
    }
}
