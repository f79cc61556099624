//! Where a value ends: its start and what opened it go in, its end comes out.

use memchr::{memchr2, memmem};

use super::joint::Close;
use crate::bytes::{self, ALNUM, LOWER, NAME, QUIET, at, before, from, is, run_end, skip_blanks};

/// Where the text around a value is in the middle of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// A URL's query or a form: `&` ends the value.
    pub(crate) query: bool,
    /// Percent-encoded text: `%26` ends the value.
    pub(crate) percent: bool,
}

/// How far behind the start of a value the mark may stand that closes it.
const MAX_LITERAL: usize = 4096;

/// The end of the value that starts at a place.
pub(crate) fn end(text: &[u8], start: usize, close: Close, around: Surroundings) -> usize {
    match close {
        Close::Bare => bare_end(text, start, around),
        Close::Literally(mark) => {
            let near = text.get(start..text.len().min(start + MAX_LITERAL)).unwrap_or_default();
            let line = memchr2(b'\n', b'\r', near).unwrap_or(near.len());
            memmem::find(near.get(..line).unwrap_or_default(), mark)
                .map_or_else(|| bare_end(text, start, around), |place| start + place)
        }
        Close::Quote { mark, escapes } => quoted_end(text, start, mark, escapes)
            .unwrap_or_else(|| unclosed_end(text, start, mark, around)),
    }
}

/// The end of the line that a place is in.
pub(crate) fn line_end(text: &[u8], start: usize) -> usize {
    memchr2(b'\n', b'\r', from(text, start)).map_or(text.len(), |place| start + place)
}

/// The end of a word of a sentence.
pub(crate) fn word_end(text: &[u8], start: usize) -> usize {
    let len = from(text, start).iter().take_while(|&&byte| byte > b' ').count();
    let mut end = start + len;
    while end > start + 1 && matches!(before(text, end), b'.' | b',' | b';' | b')' | b'"' | b'\'') {
        end -= 1;
    }
    end
}

/// A double quote that is never closed opens a value that was cut off; an apostrophe is no quote then.
fn unclosed_end(text: &[u8], start: usize, mark: u8, around: Surroundings) -> usize {
    if mark == b'"' { line_end(text, start) } else { bare_end(text, start, around) }
}

/// The place of the closing quote, or of the backslashes before it.
fn quoted_end(text: &[u8], start: usize, mark: u8, escapes: usize) -> Option<usize> {
    let mut from_place = start;
    loop {
        let found = from_place + memchr2(mark, b'\n', from(text, from_place))?;
        if at(text, found) == b'\n' {
            return None;
        }
        let backslashes = text
            .get(start..found)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count();
        if backslashes <= escapes || (escapes == 0 && backslashes.is_multiple_of(2)) {
            return Some(found - backslashes.min(escapes));
        }
        from_place = found + 1;
    }
}

/// The end of a value without quotes.
fn bare_end(text: &[u8], start: usize, around: Surroundings) -> usize {
    let mut place = start;
    let mut open = 0_usize;
    loop {
        place = run_end(text, place, QUIET);
        if place >= text.len() {
            break;
        }
        let here = at(text, place);
        match here {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' if open > 0 => open -= 1,
            _ if ends_bare(text, place, around) => break,
            _ => {}
        }
        place += 1;
    }
    trim_sentence(text, start, place)
}

/// The end of a password that is written in four groups of four letters, of which the first ends at
/// a place; the same place if it is not.
pub(super) fn grouped_end(text: &[u8], start: usize, end: usize) -> usize {
    const GROUP: usize = 4;
    let is_group = |first: usize| run_end(text, first, LOWER) == first + GROUP;
    let all = start + 4 * GROUP + 3;
    let groups = (start..all).step_by(GROUP + 1);
    let parted = (1..4).all(|group| at(text, start + group * (GROUP + 1) - 1) == b' ');
    let fits = end == start + GROUP && parted && { groups }.all(is_group) && all <= text.len();
    if fits && !is(at(text, all), NAME) && at(text, all) != b' ' { all } else { end }
}

/// The end of a value that source code puts together from several literals, of which the first ends
/// at a place: `"…" + "…"`.
pub(super) fn joined_end(text: &[u8], end: usize, mark: u8) -> usize {
    const MAX_PIECES: usize = 8;
    let mut last = end;
    for _ in 0..MAX_PIECES {
        let sign = skip_blanks(text, last + 1);
        let open = skip_blanks(text, sign + 1);
        let joined = at(text, last) == mark && at(text, sign) == b'+' && at(text, open) == mark;
        match joined.then(|| quoted_end(text, open + 1, mark, 0)).flatten() {
            Some(close) if close - open <= MAX_LITERAL => last = close,
            _ => break,
        }
    }
    last
}

/// A value at the end of a sentence does not own its full stop.
fn trim_sentence(text: &[u8], start: usize, end: usize) -> usize {
    let stop = end > start + 1 && matches!(before(text, end), b'.' | b',' | b';');
    if stop { end - 1 } else { end }
}

/// Whether the byte at a place ends a value without quotes.
fn ends_bare(text: &[u8], place: usize, around: Surroundings) -> bool {
    let next = at(text, place + 1);
    let pauses = |byte: u8| {
        matches!(
            byte,
            0 | b' '
                | b'\t'
                | b'\n'
                | b'\r'
                | b'"'
                | b'\''
                | b'`'
                | b','
                | b';'
                | b'.'
                | b':'
                | b')'
                | b']'
                | b'}'
                | b'>'
                | b'\\'
                | b'<'
        )
    };
    match at(text, place) {
        0..=b' ' | 0x7f | b'"' => true,
        b'<' => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') || pauses(next),
        b'\'' | b'`' | b')' | b']' | b'}' | b'>' => {
            pauses(next) || next >= 0x80 && here_blank(text, place + 1)
        }
        b',' | b';' => pauses(next) || next == b'{' || next == b'[' || starts_pair(text, place + 1),
        b'&' => {
            around.query
                || pauses(next)
                || starts_pair(text, place + 1)
                || from(text, place).starts_with(b"&amp;")
                || bytes::written_quote(text, place).is_some()
        }
        b'#' => around.query,
        b'\\' => {
            matches!(next, b'n' | b'r' | b't' | b'"' | b'\'' | b'\\')
                || from(text, place).starts_with(b"\\u00")
                || from(text, place).starts_with(b"\\x2")
        }
        b'%' => {
            around.percent
                && matches!(
                    from(text, place),
                    [_, b'2', b'6' | b'2' | b'0' | b'3', ..] | [_, b'0', b'A' | b'a', ..]
                )
        }
        0xc2 | 0xe2 | 0xe3 | 0xef => ends_wide(text, place),
        _ => false,
    }
}

fn here_blank(text: &[u8], place: usize) -> bool {
    bytes::blank_len(text, place) > 0
}

/// Blanks and marks of other scripts that end a value: the no-break space, `»`, `”`, `，`, `。`.
fn ends_wide(text: &[u8], place: usize) -> bool {
    let marks = ["»", "”", "’", "，", "。", "；", "、", "）", "」", "…"];
    here_blank(text, place)
        || marks.iter().any(|mark| from(text, place).starts_with(mark.as_bytes()))
}

/// Whether another `name=value` starts at a place.
fn starts_pair(text: &[u8], place: usize) -> bool {
    let name_end = run_end(text, place, NAME);
    let name_end = name_end.min(place + 64);
    name_end > place && is(at(text, place), ALNUM) && at(text, name_end) == b'='
}
