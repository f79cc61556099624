//! What joins a name to its value: the end of a name goes in, the start of the value comes out.
//!
//! Between the two stand an operator and whatever the text's own dress adds: quotes, escapes,
//! colours, blanks, `Some(`. All of it is skipped; nothing of it is part of the secret.

use super::{
    opened::opened,
    operator::{declared, fallback, operator, skip_closers, skip_type},
    pair, prose, shapes, value,
};
use crate::bytes::{self, ANY_HEX, DIGIT, DOT, at, between, from, skip_blanks};

/// How a name and a value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `=`, `:=`, `=>` and their kin.
    Equals,
    /// `==`, `!=` and their kin, which code has between a name and another.
    Compares,
    /// `:`
    Colon,
    /// `"name", "value"`
    Comma,
    /// `--name value`
    Flag,
    /// `<name>value</name>`
    Element,
    /// `the name is "value"`
    Says,
    /// The line behind a sentence that ends in a colon.
    Far,
    /// `name("value")`
    Call,
    /// `name value`, with nothing in between.
    Blank,
}

/// What ends the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// Nothing but the value's own end.
    Bare,
    /// This quote, with at most so many backslashes before it.
    Quote { mark: u8, escapes: usize },
    /// These bytes.
    Literally(&'static [u8]),
}

/// Where a value starts, and how it came to stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Joint {
    pub(crate) kind: Kind,
    pub(crate) value: usize,
    pub(crate) close: Close,
    /// Whether the text around it is percent-encoded.
    pub(crate) percent: bool,
    /// Whether the value stands on a line of its own.
    pub(crate) folded: bool,
}

/// Joins the name that ends at a place to its value.
pub(crate) fn join(text: &[u8], name_end: usize, flag: bool) -> Option<Joint> {
    if at(text, name_end) == b'(' && !flag {
        let argument = matches!(at(text, name_end + 1), b'"' | b'\'');
        return opened(text, name_end + 1, Kind::Call, false).filter(|_| argument);
    }
    let (closed, quoted) = skip_closers(text, name_end);
    let place = skip_blanks(text, closed);
    if let Some((len, kind, percent)) = operator(text, place) {
        return opened(text, skip_type(text, place + len), kind, percent);
    }
    if let Some(joint) = pair::spelled_out(text, name_end, closed, quoted) {
        return Some(joint);
    }
    if quoted && at(text, place) == b',' {
        return opened(text, place + 1, Kind::Comma, false)
            .filter(|joint| joint.close != Close::Bare);
    }
    if place == closed {
        return None;
    }
    if flag {
        return opened(text, place, Kind::Flag, false);
    }
    if let Some(value) = fallback(text, place) {
        return opened(text, value, Kind::Says, false);
    }
    if let Some(value) = declared(text, place) {
        return opened(text, value, Kind::Equals, false);
    }
    // A table's cells: `| api_key | value |`.
    if at(text, place) == b'|' {
        return opened(text, place + 1, Kind::Far, false).filter(|joint| !joint.folded);
    }
    // `token - "value"`
    if at(text, place) == b'-' && matches!(between(text, place + 1, place + 3), b" \"" | b" '") {
        return opened(text, place + 2, Kind::Says, false);
    }
    // `Password - value`, with nothing behind it
    if from(text, place).starts_with(b"- ") {
        let word = from(text, place + 2);
        let len = word.iter().take(MAX_NOTE).take_while(|&&byte| byte > b' ').count();
        return opened(text, place + 2, Kind::Says, false)
            .filter(|_| len > 0 && matches!(at(word, len), 0 | b'\r' | b'\n'));
    }
    let said = prose::says(text, place);
    if said > place {
        return opened(text, said, Kind::Says, false).filter(|joint| !joint.folded);
    }
    if quoted {
        return None;
    }
    // `ConvertTo-SecureString -String "…"`
    let place = if from(text, place).starts_with(b"-String ") { place + 8 } else { place };
    beside(text, name_end, place)
}

/// How long a password may be that a note has behind a dash.
const MAX_NOTE: usize = 128;

/// Joins a name to the value that only a blank parts from it, or to the next line's.
fn beside(text: &[u8], name_end: usize, place: usize) -> Option<Joint> {
    let word = between(text, place, (place + MAX_GLANCE).min(text.len()));
    let word = between(word, 0, word.iter().position(|&byte| byte <= b' ').unwrap_or(word.len()));
    // Without a quote, only what no sentence holds can follow a mere blank.
    let quote = matches!(at(text, place), b'"' | b'\'' | b'`' | b'\\');
    let odd = || {
        word.len() >= 16 || word.iter().any(|byte| !is_plain(*byte)) || shapes::is_restless(word)
    };
    let setting = || matches!(at(text, place + word.len()), 0 | b'\r' | b'\n');
    if quote || odd() || setting() {
        return opened(text, place, Kind::Blank, false).filter(|joint| !joint.folded);
    }
    let far = prose::behind_clause(text, name_end, place)?;
    opened(text, far, Kind::Far, false).filter(|joint| !joint.folded)
}

/// How much of a word is looked at to see that it belongs to a sentence.
const MAX_GLANCE: usize = 16;

/// What words are made of, and the signs behind them.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'.' | b',' | b':' | b';' | b'-' | b'\'' | b')')
}

/// Joins the name that ends at a place to the value behind the dots that lead to it.
pub(crate) fn led(text: &[u8], name_end: usize) -> Option<Joint> {
    let value = bytes::run_end(text, name_end, DOT);
    opened(text, value, Kind::Equals, false).filter(|joint| !joint.folded)
}

/// Joins a name to the value that a number leads to: of one key of several, or of a password that a
/// network's device shows obscured.
pub(crate) fn numbered(text: &[u8], start: usize, end: usize) -> Option<Joint> {
    key_of_several(text, start, end).or_else(|| obscured(text, start, end))
}

/// What joins the name of one key of several to its value: `Unseal Key 1: …`.
fn key_of_several(text: &[u8], start: usize, end: usize) -> Option<Joint> {
    if at(text, end) != b' ' || !bytes::is(at(text, end + 1), DIGIT) {
        return None;
    }
    let number_end = bytes::run_end(text, end + 1, DIGIT);
    let key = between(text, start, end).eq_ignore_ascii_case(b"key");
    (key && number_end - end < 4 && at(text, number_end) == b':')
        .then(|| join(text, number_end, false))
        .flatten()
}

/// What joins a name to a value that a network's device shows obscured: `password 7 0822455D0A16`.
fn obscured(text: &[u8], start: usize, end: usize) -> Option<Joint> {
    let value = end + b" 7 ".len();
    let named = || bytes::ends_with_fold(between(text, start, end), b"password");
    if !from(text, end).starts_with(b" 7 ") || !named() {
        return None;
    }
    let letters = between(text, value, bytes::run_end(text, value, ANY_HEX));
    let pairs = letters.len() >= 8 && letters.len().is_multiple_of(2);
    flag(text, value).filter(|_| pairs && letters.iter().any(u8::is_ascii_digit))
}

/// Joins the name of an element that ends at a place to the element's text, behind its attributes.
pub(crate) fn element(text: &[u8], name_end: usize) -> Option<Joint> {
    if from(text, name_end).starts_with(b"&gt;") {
        return written_element(text, name_end);
    }
    let tag = from(text, name_end).get(..MAX_TAG).unwrap_or(from(text, name_end));
    let end = memchr::memchr3(b'>', b'<', b'\n', tag)?;
    let blank_or_end = matches!(at(tag, 0), b'>' | b' ' | b'\t');
    if at(tag, end) != b'>' || !blank_or_end || end > 0 && at(tag, end - 1) == b'/' {
        return None;
    }
    let joint = opened(text, name_end + end + 1, Kind::Element, false)?;
    const CDATA: &[u8] = b"<![CDATA[";
    if from(text, joint.value).starts_with(CDATA) {
        let value = joint.value + CDATA.len();
        return Some(Joint { value, close: Close::Literally(b"]]>"), ..joint });
    }
    let line = between(text, joint.value, value::line_end(text, joint.value));
    let closed = memchr::memchr(b'<', line.get(..MAX_TEXT).unwrap_or(line)).is_some();
    // `--password <PASSWORD>  The password` and `<user>:<password>@host` are no elements, and of
    // one that was cut off there is nothing but its text.
    let cut_off = !line.is_empty() && !line.iter().any(|byte| matches!(byte, b' ' | b'@'));
    if !closed && !cut_off {
        return None;
    }
    Some(Joint {
        close: if joint.close == Close::Bare { Close::Literally(b"<") } else { joint.close },
        ..joint
    })
}

/// The same of an element in a text that is one itself: `&lt;name&gt;value&lt;/name&gt;`.
fn written_element(text: &[u8], name_end: usize) -> Option<Joint> {
    let value = name_end + b"&gt;".len();
    let near = between(text, value, (value + MAX_TEXT).min(text.len()));
    let line = between(near, 0, memchr::memchr(b'\n', near).unwrap_or(near.len()));
    let closed = memchr::memmem::find(line, b"&lt;/").is_some() && at(line, 0) > b' ';
    let joint = opened(text, value, Kind::Element, false)?;
    closed.then_some(Joint { close: Close::Literally(b"&lt;"), ..joint })
}

/// How long the attributes of an element may be.
const MAX_TAG: usize = 160;
/// How far behind an element's tag its end is looked for.
const MAX_TEXT: usize = 4096;

/// Joins a flag that ends at a place to its value, with or without a blank between them.
pub(crate) fn flag(text: &[u8], flag_end: usize) -> Option<Joint> {
    opened(text, flag_end, Kind::Flag, false).filter(|joint| !joint.folded)
}
