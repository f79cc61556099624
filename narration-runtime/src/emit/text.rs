//! The text of a narration, written from its pieces.
//!
//! In: the pieces of the source and values that are safe already. Out: one
//! stretch of the buffer. What the field shows and what the text shows are the
//! same value, so that neither can tell more than the other.

use std::fmt::Write as _;

use super::safe::Safe;
use super::scratch::{Held, Scratch};
use super::site::Piece;
use crate::value::Shown;

impl Scratch {
    /// Writes a text behind what is held already.
    pub(super) fn write_text(&mut self, pieces: &[Piece], values: &[Safe<'_>]) -> Held {
        let start = self.text.len();
        for piece in pieces {
            match *piece {
                Piece::Literal(words) => self.text.push_str(words),
                Piece::Value(index) => {
                    self.write_value(values.get(index).copied().unwrap_or(Safe::Absent))
                }
            }
        }
        Held { start, end: self.text.len() }
    }

    /// A value as text: a target is text, whatever its field's type.
    pub(crate) fn spelled<'v>(&mut self, value: Safe<'v>) -> Safe<'v> {
        if matches!(value, Safe::Absent | Safe::Borrowed(_) | Safe::Held(_)) {
            return value;
        }
        let start = self.text.len();
        self.write_value(value);
        Safe::Held(Held { start, end: self.text.len() })
    }

    fn write_value(&mut self, value: Safe<'_>) {
        match value {
            Safe::Borrowed(text) => self.text.push_str(text),
            Safe::Held(held) => self.text.extend_from_within(held.start..held.end),
            // Writing to a string cannot fail.
            Safe::U64(number) => self.text.push_str(itoa::Buffer::new().format(number)),
            Safe::I64(number) => self.text.push_str(itoa::Buffer::new().format(number)),
            Safe::F64(number) => drop(write!(self.text, "{number}")),
            Safe::Bool(truth) => drop(write!(self.text, "{truth}")),
            Safe::Absent => drop(write!(self.text, "{}", Shown::None)),
        }
    }
}
