//! Columns of a statement: the place of a column's name in a list goes in, the value at the same place
//! of the list behind `VALUES` comes out.

use super::{
    joint::{Joint, Kind},
    opened::opened,
    value::{self, Surroundings},
};
use crate::bytes::{at, before, between, from, skip_blanks};

/// How long a list of columns may be on either side of a name.
const MAX_LIST: usize = 256;

/// `INSERT INTO users (name, password) VALUES ('joe', '…')`: the value of the column whose name
/// stands at a place.
pub(super) fn value(text: &[u8], start: usize, end: usize) -> Option<Joint> {
    let head = between(text, start.saturating_sub(MAX_LIST), start);
    let open = head.iter().rposition(|&byte| byte == b'(')?;
    let list = from(head, open);
    let index = list.iter().filter(|&&byte| byte == b',').count();
    let tail = between(text, end, (end + MAX_LIST).min(text.len()));
    let close = tail.iter().position(|&byte| byte == b')')?;
    let columns = |part: &[u8]| {
        part.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_, \"`[].\n".contains(byte))
    };
    if !columns(from(list, 1)) || !columns(between(tail, 0, close)) {
        return None;
    }
    let word = skip_blanks(text, end + close + 1);
    let values = from(text, word).get(..6)?.eq_ignore_ascii_case(b"values");
    let first = skip_blanks(text, word + 6);
    if !values || at(text, first) != b'(' {
        return None;
    }
    let mut place = first + 1;
    for _ in 0..index {
        place = behind_value(text, place)?;
    }
    opened(text, place, Kind::Equals, false)
}

/// The place behind a value and its comma.
fn behind_value(text: &[u8], place: usize) -> Option<usize> {
    let joint = opened(text, place, Kind::Equals, false)?;
    let end = value::end(text, joint.value, joint.close, Surroundings::default());
    let near = between(text, end, (end + 16).min(text.len()));
    let comma = end + near.iter().position(|&byte| byte == b',')?;
    let between_them = between(text, end, comma);
    let clear = between_them.iter().all(|byte| matches!(byte, b'\'' | b'"' | b' ' | b'`'));
    (clear && before(text, comma) != b'(').then_some(comma + 1)
}
