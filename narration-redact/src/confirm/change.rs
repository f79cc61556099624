//! Changes: a secret's old value goes in, the place of its new one comes out.
//!
//! `"old" -> "new"` in a plan, `from old to new` in a sentence.

use super::{
    joint::{Close, Joint, Kind},
    named::Named,
    opened::opened,
};
use crate::bytes::{at, from, skip_blanks};

/// Where the new value stands, if the old one was changed.
pub(super) fn new_value(old: &Named<'_, '_>) -> Option<Joint> {
    let place = behind(old)?;
    opened(old.text, place, old.joint.kind, old.joint.percent).filter(|joint| !joint.folded)
}

/// Whether a new value follows an old one.
pub(super) fn follows(old: &Named<'_, '_>) -> bool {
    behind(old).is_some()
}

/// What a new value stands behind.
const SIGNS: [&[u8]; 8] = [
    b"-> ",
    b"=> ",
    "→ ".as_bytes(),
    b"replaced by ",
    b"replaced with ",
    b"changed to ",
    b"(was: ",
    b"(was ",
];

/// Whether one of the signs, or what may lead to one, stands behind a value that ends at a place.
pub(super) fn may_follow(text: &[u8], end: usize) -> bool {
    matches!(at(text, end + 1), b' ' | b'\t' | b'-' | b'=' | b'r' | b'c' | b'(' | 0xc2..)
        && at(text, end) == b' '
        && signed(text, skip_blanks(text, end)).is_some()
}

/// The sign at a place.
fn signed(text: &[u8], place: usize) -> Option<&'static [u8]> {
    SIGNS.into_iter().find(|sign| from(text, place).starts_with(sign))
}

fn behind(old: &Named<'_, '_>) -> Option<usize> {
    // A scheme's credentials are found by their scheme, and what they were changed to is not.
    let beside = old.joint.kind == Kind::Blank && old.joint.close != Close::Bare;
    if !beside && !matches!(old.joint.kind, Kind::Equals | Kind::Colon | Kind::Says) {
        return None;
    }
    let (text, mut place) = (old.text, old.value_end);
    while matches!(at(text, place), b'"' | b'\'' | b'\\') && old.joint.close != Close::Bare {
        place += 1;
    }
    let sign = skip_blanks(text, place);
    // Most is followed by nothing of the kind, and that is quick to see.
    if !matches!(at(text, sign), b'-' | b'=' | 0xe2 | b't' | b'r' | b'c' | b'(') {
        return None;
    }
    let said = old.joint.kind == Kind::Says || beside;
    if said && from(text, sign).starts_with(b"to ") {
        return (sign > place).then_some(sign + b"to ".len());
    }
    let word = signed(text, sign)?;
    (sign > place).then_some(sign + word.len())
}
