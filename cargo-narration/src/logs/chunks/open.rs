//! A line that is not whole yet: in go its pieces, out comes the line as it would lie there had
//! nobody cut it.

use super::piece::Piece;
use crate::logs::Matcher;

/// No line that was cut is put together beyond this many bytes.
pub(super) const LONGEST: usize = 16 << 20;

/// The pieces of a line so far.
pub(super) struct Open {
    /// Where the first of them stands.
    pub(super) at: u64,
    text: Vec<u8>,
    /// What stands behind the text in the first piece.
    tail: Vec<u8>,
    state: State,
}

enum State {
    /// It is held as it is.
    Held,
    /// Nobody asked for it: it began elsewhere.
    Foreign,
    /// There is too much of it; whether what was there so far matters.
    TooLong { matters: bool },
}

/// What the pieces came to.
pub(super) enum Line {
    Whole(Vec<u8>),
    TooLong { matters: bool },
}

impl Open {
    pub(super) fn new(at: u64, piece: &Piece<'_>) -> Self {
        let text = [piece.head, piece.text].concat();
        Self { at, text, tail: piece.tail.to_vec(), state: State::Held }
    }

    /// What began before anybody looked.
    pub(super) fn foreign() -> Self {
        Self { at: 0, text: Vec::new(), tail: Vec::new(), state: State::Foreign }
    }

    pub(super) fn is_own(&self) -> bool {
        !matches!(self.state, State::Foreign)
    }

    /// Takes the next piece in.
    pub(super) fn add(&mut self, piece: &Piece<'_>, matcher: &Matcher) {
        match &mut self.state {
            State::Foreign => {}
            State::TooLong { matters } => *matters |= matcher.is_in(piece.text),
            State::Held => {
                self.text.extend_from_slice(piece.text);
                if self.text.len() > LONGEST {
                    let matters = matcher.is_in(&self.text);
                    (self.state, self.text) = (State::TooLong { matters }, Vec::new());
                }
            }
        }
    }

    /// The line, with what stands around the text of its first piece around all of it; nothing
    /// where it began elsewhere.
    pub(super) fn line(self) -> Option<Line> {
        match self.state {
            State::Foreign => None,
            State::TooLong { matters } => Some(Line::TooLong { matters }),
            State::Held => Some(Line::Whole([self.text, self.tail].concat())),
        }
    }
}
