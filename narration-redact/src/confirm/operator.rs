//! The sign between a name and its value: the end of a name goes in, the operator behind it comes out.

use super::joint::Kind;
use crate::bytes::{self, DIGIT, ansi_len, at, between, from, skip_blanks};

/// What may stand between a name and its operator: quotes, brackets, colours.
pub(super) fn skip_closers(text: &[u8], start: usize) -> (usize, bool) {
    let (mut place, mut quoted) = (start, false);
    for _ in 0..12 {
        let step = match at(text, place) {
            b'"' | b'\'' | b'`' => {
                quoted = true;
                1
            }
            b'\\' if matches!(at(text, place + 1), b'"' | b'\'' | b'\\') => 1,
            b']' | b')' | b'*' | b'?' => 1,
            b'%' if matches!(from(text, place), [_, b'5', b'D' | b'd', ..]) => 3,
            b'%' | b'&' => bytes::written_quote(text, place).map_or(0, <[u8]>::len),
            b'\\' if matches!(at(text, place + 1), b'u' | b'x') => {
                let quote = bytes::written_quote(text, place).map_or(0, <[u8]>::len);
                quoted |= quote > 0;
                if quote > 0 { quote } else { ansi_len(text, place) }
            }
            0xc2 if at(text, place + 1) == 0xbb => 2,
            0xe2 if matches!(from(text, place), [_, 0x80, 0x9c | 0x9d | 0x98 | 0x99, ..]) => 3,
            _ => ansi_len(text, place),
        };
        if step == 0 {
            break;
        }
        place += step;
    }
    (place, quoted)
}

/// The operator at a place: its length, its kind, and whether it is percent-encoded.
pub(super) fn operator(text: &[u8], place: usize) -> Option<(usize, Kind, bool)> {
    let rest = from(text, place);
    let (len, kind) = match rest {
        [b'=', b'=', b'=', ..] | [b'!', b'=', b'=', ..] => (3, Kind::Compares),
        [b'=' | b'!', b'=', ..] => (2, Kind::Compares),
        [b'=', b'>', ..] | [b':' | b'~', b'=', ..] | [b'-', b'>', ..] => (2, Kind::Equals),
        [b':', b':', ..] | [b'?' | b'|' | b'.' | b'+', ..] => return assignment(rest),
        // R assigns so.
        [b'<', b'-', b' ', b'"' | b'\'', ..] => (2, Kind::Equals),
        [b'=', ..] => (1, Kind::Equals),
        [b':', ..] => (1, Kind::Colon),
        [b'%' | b'\\' | b'&', ..] => return encoded(rest),
        [0xe2 | 0xef, ..] => wide(rest)?,
        _ => return None,
    };
    Some((len, kind, false))
}

/// An operator of another alphabet: an arrow, a wide colon, a wide equals sign.
fn wide(rest: &[u8]) -> Option<(usize, Kind)> {
    let signs = [("→", Kind::Equals), ("：", Kind::Colon), ("＝", Kind::Equals)];
    let (sign, kind) = signs.iter().find(|(sign, _)| rest.starts_with(sign.as_bytes()))?;
    Some((sign.len(), *kind))
}

/// An operator that is encoded for a URL, a string or a page.
fn encoded(rest: &[u8]) -> Option<(usize, Kind, bool)> {
    const SIGNS: [(&[u8], Kind); 6] = [
        (b"%3d", Kind::Equals),
        (b"%3a", Kind::Colon),
        (b"%253d", Kind::Equals),
        (b"%253a", Kind::Colon),
        (b"\\u003d", Kind::Equals),
        (b"&#61;", Kind::Equals),
    ];
    let (sign, kind) = SIGNS.iter().find(|(sign, _)| bytes::starts_with_fold(rest, sign))?;
    Some((sign.len(), *kind, sign.first() == Some(&b'%')))
}

/// An assignment of two or more signs, as make and programming languages have them: `?=`, `||=`.
fn assignment(rest: &[u8]) -> Option<(usize, Kind, bool)> {
    const SIGNS: [&[u8]; 7] = [b"::=", b":::=", b"?=", b"??=", b"||=", b".=", b"+="];
    let sign = SIGNS.iter().find(|sign| rest.starts_with(sign))?;
    Some((sign.len(), Kind::Equals, false))
}

/// Behind the `=` of a declaration that names the type before it, if a quote follows:
/// `var dbPassword string = "…"`.
pub(super) fn declared(text: &[u8], place: usize) -> Option<usize> {
    const TYPES: [&[u8]; 9] = [
        b"string",
        b"*string",
        b"[]byte",
        b"String",
        b"str",
        b"text",
        b"char",
        b"varchar",
        b"nvarchar",
    ];
    let near = between(text, place, (place + MAX_TYPE).min(text.len()));
    let word = near.iter().position(|&byte| byte == b' ')?;
    let base = near.iter().position(|&byte| byte == b'(').unwrap_or(word).min(word);
    let value = place + word + b" = ".len();
    let assigns = from(text, place + word).starts_with(b" = ");
    let quoted = matches!(at(text, value), b'"' | b'\'' | b'`');
    (TYPES.contains(&between(near, 0, base)) && assigns && quoted).then_some(value)
}

/// Behind the operator that gives a value where there is none, if a quote follows:
/// `process.env.SECRET || "…"`.
pub(super) fn fallback(text: &[u8], place: usize) -> Option<usize> {
    let value = place
        + [&b"|| "[..], b"?? ", b"?: ", b"or "]
            .iter()
            .find(|sign| from(text, place).starts_with(sign))?
            .len();
    let mark = at(text, value);
    let near = between(text, value + 1, (value + MAX_FALLBACK).min(text.len()));
    let end = near.iter().position(|&byte| byte <= b' ' || byte == mark)?;
    let quoted = matches!(mark, b'"' | b'\'' | b'`') && at(near, end) == mark;
    quoted.then_some(value)
}

/// How long a literal may be that stands in for what is missing.
const MAX_FALLBACK: usize = 256;

/// How long the name of a type may be.
const MAX_TYPE: usize = 24;

/// A declared type between the operator and the value: `password: &str = "…"`.
pub(super) fn skip_type(text: &[u8], place: usize) -> usize {
    let start = skip_blanks(text, place);
    if bytes::is(at(text, start), DIGIT) || matches!(at(text, start), b'"' | b'/' | b'$' | b'{') {
        return place;
    }
    let len = from(text, start)
        .iter()
        .take(40)
        .take_while(|byte| {
            byte.is_ascii_alphabetic()
                || matches!(byte, b'&' | b'\'' | b'<' | b'>' | b' ' | b'*' | b'[' | b']')
        })
        .count();
    let end = start + len;
    let is_type =
        len > 2 && at(text, end) == b'=' && at(text, end - 1) == b' ' && at(text, end + 1) == b' ';
    if is_type { end + 1 } else { place }
}
