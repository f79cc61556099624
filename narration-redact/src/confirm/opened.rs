//! What opens a value: the place behind an operator goes in, the first byte of the value comes out.

use super::{
    joint::{Close, Joint, Kind},
    placeholder,
};
use crate::{
    bytes::{
        self, ALNUM, COLON, DASH, DIGIT, LOWER, NAME, UPPER, ansi_len, at, blank_len, from,
        skip_blanks,
    },
    words::Words,
};

/// Skips what opens a value: blanks, one folded line, colours, brackets, `Some(`, quotes.
pub(super) fn opened(text: &[u8], place: usize, kind: Kind, percent: bool) -> Option<Joint> {
    let place = if kind == Kind::Colon { skip_block_sign(text, place) } else { place };
    let (start, folded) = skip_fold(text, place)?;
    let mut place = start;
    let mut escapes = 0;
    for _ in 0..16 {
        let here = at(text, place);
        let rest = from(text, place);
        let joint = |value, close| Some(Joint { kind, value, close, percent, folded });
        let literally = |len: usize, close| joint(place + len, Close::Literally(close));
        match here {
            b'"' | b'\'' | b'`' => {
                return joint(place + 1, Close::Quote { mark: here, escapes });
            }
            b'\\' | b'%' | b'&' if let Some(quote) = bytes::written_quote(text, place) => {
                return literally(quote.len(), quote);
            }
            b'\\' if matches!(at(text, place + 1), b'"' | b'\'' | b'\\') => {
                escapes += 1;
                place += 1;
                continue;
            }
            0xc2 if rest.starts_with("«".as_bytes()) => return literally(2, "»".as_bytes()),
            0xe2 if rest.starts_with("“".as_bytes()) => return literally(3, "”".as_bytes()),
            _ => {}
        }
        let step = match here {
            b' ' | b'\t' | 0xc2 | 0xe2 | 0xe3 | 0xef => blank_len(text, place),
            b'\x1b' | b'\\' => ansi_len(text, place),
            // A blank of what is encoded for a URL.
            b'%' if percent && rest.starts_with(b"%20") => 3,
            b'+' if percent && kind == Kind::Colon => 1,
            _ => wrapper_len(text, place),
        };
        if step == 0 {
            break;
        }
        place += step;
    }
    (place < text.len()).then_some(Joint {
        kind,
        value: place,
        close: Close::Bare,
        percent,
        folded,
    })
}

/// The sign by which YAML says that the value is the block below: `|`, `>-`.
fn skip_block_sign(text: &[u8], place: usize) -> usize {
    let sign = skip_blanks(text, place);
    if !matches!(at(text, sign), b'|' | b'>') {
        return place;
    }
    let end = sign + 1 + usize::from(matches!(at(text, sign + 1), b'-' | b'+'));
    if matches!(at(text, end), b'\r' | b'\n') { end } else { place }
}

/// Blanks, and at most one line's end with an indented line behind it.
pub(super) fn skip_fold(text: &[u8], place: usize) -> Option<(usize, bool)> {
    let place = skip_blanks(text, place);
    let line_end = match (at(text, place), at(text, place + 1)) {
        (b'\n', _) => place + 1,
        // A command goes on behind a backslash at the end of its line.
        (b'\r' | b'\\', b'\n') => place + 2,
        _ => return Some((place, false)),
    };
    let start = skip_blanks(text, line_end);
    (start > line_end).then_some((start, true))
}

/// The longest name of a wrapper.
const MAX_WRAPPER: usize = 40;

/// A wrapper that opens right before a quote: `Some(`, `String(`, `b`, `[`, `(`.
fn wrapper_len(text: &[u8], place: usize) -> usize {
    match at(text, place) {
        b'[' | b'(' if opens_quote(text, place + 1) => 1,
        b'(' => cmdlet_len(text, place),
        b'[' if from(text, place).starts_with(b"[]") => typed_len(text, place),
        b's' if from(text, place).starts_with(b"string(") => counted_len(text, place),
        b'<' if from(text, place).starts_with(b"<<") && opens_quote(text, place + 2) => 2,
        b'b' | b'r' | b'f' | b'u' | b'@' | b'$' if matches!(at(text, place + 1), b'"' | b'\'') => 1,
        b'b' if at(text, place + 1) == b'\\' && at(text, place + 2) == b'"' => 1,
        b'r' if at(text, place + 1) == b'#' && at(text, place + 2) == b'"' => 2,
        first if bytes::is(first, UPPER) => typed_wrapper_len(text, place),
        _ => 0,
    }
}

/// Whether a quote is at a place, escaped or not.
fn opens_quote(text: &[u8], place: usize) -> bool {
    matches!(at(text, place), b'"' | b'\'' | b'\\')
}

/// `Some(`, `SecretBox<str>(` and `Password { inner: `, as Debug output shows a value in a type of its
/// own.
fn typed_wrapper_len(text: &[u8], place: usize) -> usize {
    let near = bytes::between(text, 0, text.len().min(place + MAX_WRAPPER + 1));
    let name = bytes::run_end(near, place, ALNUM | NAME | COLON);
    let opening = behind_generics(near, name);
    if name - place > MAX_WRAPPER {
        return 0;
    }
    let end = match at(text, opening) {
        b'(' => opening + 1,
        b' ' if let Some(end) = field_end(text, opening) => end,
        _ => return 0,
    };
    // Pretty Debug output breaks the line behind the parenthesis.
    let end = skip_fold(text, end).map_or(end, |(end, _)| end);
    let rest = from(text, end);
    let wraps = opens_quote(text, end)
        || (at(text, end) == b'b' && opens_quote(text, end + 1))
        || bytes::is(at(text, end), UPPER)
        || placeholder::is_marker(rest)
        || rest.starts_with(b"**");
    // Debug output may also show a bare value in a wrapper, as in `Some(abc)`.
    let some = matches!(bytes::between(text, place, name), b"Some" | b"Ok" | b"Secret");
    if wraps || some { end - place } else { 0 }
}

/// Behind the types that a type's name is completed with: `<alloc::string::String>`.
fn behind_generics(text: &[u8], name: usize) -> usize {
    let inside = |byte: &&u8| bytes::is(**byte, ALNUM | NAME | COLON) || b"<>&[]' ".contains(*byte);
    if at(text, name) != b'<' {
        return name;
    }
    let len = from(text, name).iter().take_while(inside).count();
    if bytes::before(text, name + len) == b'>' { name + len } else { name }
}

/// The end of the name, and of the colon behind it, of the only field that a type has for a value.
fn field_end(text: &[u8], place: usize) -> Option<usize> {
    static FIELDS: Words = Words::new(&[
        "inner", "value", "secret", "raw", "data", "key", "token", "password", "string", "text",
        "bytes", "plain",
    ]);
    let open = from(text, place).strip_prefix(b" {").map(|_| place + 2)?;
    let (start, _) = skip_fold(text, open)?;
    let end = bytes::run_end(text, start, LOWER);
    let named = FIELDS.have(bytes::between(text, start, end.min(start + MAX_WRAPPER)));
    (named && at(text, end) == b':').then_some(end + 1)
}

/// `[]string{` and `[]byte(` before a quote, as Go shows its slices.
fn typed_len(text: &[u8], place: usize) -> usize {
    let name = bytes::run_end(text, place + 2, LOWER | DIGIT);
    let opens = matches!(at(text, name), b'{' | b'(') && matches!(at(text, name + 1), b'"' | b'`');
    if opens { name + 1 - place } else { 0 }
}

/// `string(9) ` before a quote, as PHP dumps its variables.
fn counted_len(text: &[u8], place: usize) -> usize {
    let digits = place + b"string(".len();
    let close = bytes::run_end(text, digits, DIGIT);
    let opens = close > digits && from(text, close).starts_with(b") \"");
    if opens { close + 2 - place } else { 0 }
}

/// `(ConvertTo-SecureString ` before a quote, as PowerShell calls what makes a value.
fn cmdlet_len(text: &[u8], place: usize) -> usize {
    let name = bytes::run_end(text, place + 1, ALNUM | DASH);
    let flag = b" -String";
    let end = name + if from(text, name).starts_with(flag) { flag.len() } else { 0 };
    let opens = from(text, end).starts_with(b" \"") || from(text, end).starts_with(b" '");
    let named = bytes::is(at(text, place + 1), UPPER) && name - place <= MAX_WRAPPER;
    if opens && named { end + 1 - place } else { 0 }
}
