//! What joins a name to its value: the end of a name goes in, the start of the value comes out.
//!
//! Between the two stand an operator and whatever the text's own dress adds: quotes, escapes,
//! colours, blanks, `Some(`. All of it is skipped; nothing of it is part of the secret.

use crate::bytes::{self, ALNUM, COLON, NAME, UPPER, ansi_len, at, blank_len, from, skip_blanks};

/// How a name and a value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `=`, `:=`, `=>`, `==` and their kin.
    Equals,
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
    let argument = matches!(at(text, name_end + 1), b'"' | b'\'');
    if at(text, name_end) == b'(' && argument && !flag {
        return opened(text, name_end + 1, Kind::Call, false);
    }
    let (closed, quoted) = skip_closers(text, name_end);
    let place = skip_blanks(text, closed);
    if let Some((len, kind, percent)) = operator(text, place) {
        return opened(text, skip_type(text, place + len), kind, percent);
    }
    if let Some(place) = paired(text, closed, quoted) {
        return opened(text, place, Kind::Equals, false);
    }
    // `<property name="password">value<`
    if quoted && at(text, place) == b'>' {
        let joint = opened(text, place + 1, Kind::Comma, false)?;
        return Some(Joint { close: Close::Literally(b"<"), ..joint });
    }
    if quoted && at(text, place) == b',' {
        return opened(text, place + 1, Kind::Comma, false)
            .filter(|joint| joint.close != Close::Bare);
    }
    if place == closed || quoted {
        return None;
    }
    if flag {
        return opened(text, place, Kind::Flag, false);
    }
    let said = says(text, place);
    let kind = if said == place { Kind::Blank } else { Kind::Says };
    // Without a quote, only a long unbroken value can follow a mere blank.
    let unbroken = || bytes::between(text, place, place + 16).iter().all(|&byte| byte > b' ');
    if kind == Kind::Blank && !matches!(at(text, place), b'"' | b'\'' | b'`' | b'\\') && !unbroken()
    {
        return None;
    }
    opened(text, said, kind, false).filter(|joint| !joint.folded)
}

/// Joins the name of an element that ends at a place to the element's text, behind its attributes.
pub(crate) fn element(text: &[u8], name_end: usize) -> Option<Joint> {
    let tag = from(text, name_end).get(..MAX_TAG).unwrap_or(from(text, name_end));
    let end = memchr::memchr3(b'>', b'<', b'\n', tag)?;
    let blank_or_end = matches!(at(tag, 0), b'>' | b' ' | b'\t');
    if at(tag, end) != b'>' || !blank_or_end || end > 0 && at(tag, end - 1) == b'/' {
        return None;
    }
    let joint = opened(text, name_end + end + 1, Kind::Element, false)?;
    Some(Joint {
        close: if joint.close == Close::Bare { Close::Literally(b"<") } else { joint.close },
        ..joint
    })
}

/// How long the attributes of an element may be.
const MAX_TAG: usize = 160;

/// Joins a flag that ends at a place to its value, with or without a blank between them.
pub(crate) fn flag(text: &[u8], flag_end: usize) -> Option<Joint> {
    opened(text, flag_end, Kind::Flag, false).filter(|joint| !joint.folded)
}

/// What may stand between a name and its operator: quotes, brackets, colours.
fn skip_closers(text: &[u8], start: usize) -> (usize, bool) {
    let (mut place, mut quoted) = (start, false);
    for _ in 0..12 {
        let step = match at(text, place) {
            b'"' | b'\'' | b'`' => {
                quoted = true;
                1
            }
            b'\\' if matches!(at(text, place + 1), b'"' | b'\'' | b'\\') => 1,
            b']' | b')' | b'*' | b'?' => 1,
            b'%' if from(text, place).starts_with(b"%22") => 3,
            b'&' if from(text, place).starts_with(b"&quot;") => 6,
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
fn operator(text: &[u8], place: usize) -> Option<(usize, Kind, bool)> {
    const ENCODED: [(&[u8], Kind); 6] = [
        (b"%3d", Kind::Equals),
        (b"%3a", Kind::Colon),
        (b"%253d", Kind::Equals),
        (b"%253a", Kind::Colon),
        (b"\\u003d", Kind::Equals),
        (b"&#61;", Kind::Equals),
    ];
    const PLAIN: [(&[u8], Kind); 12] = [
        (b"===", Kind::Equals),
        (b"!==", Kind::Equals),
        (b"==", Kind::Equals),
        (b"!=", Kind::Equals),
        (b":=", Kind::Equals),
        (b"=>", Kind::Equals),
        (b"->", Kind::Equals),
        (b"~=", Kind::Equals),
        (b"=", Kind::Equals),
        (b":", Kind::Colon),
        (b"\xef\xbc\x9a", Kind::Colon),
        (b"\xef\xbc\x9d", Kind::Equals),
    ];
    let rest = from(text, place);
    if rest.starts_with(b"::") {
        return None;
    }
    if let Some((sign, kind)) = PLAIN.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Some((sign.len(), *kind, false));
    }
    let (sign, kind) = ENCODED.iter().find(|(sign, _)| bytes::starts_with_fold(rest, sign))?;
    Some((sign.len(), *kind, sign.first() == Some(&b'%')))
}

/// A declared type between the operator and the value: `password: &str = "…"`.
fn skip_type(text: &[u8], place: usize) -> usize {
    let start = skip_blanks(text, place);
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

/// The value of a pair that is spelled out: `"name": "DB_PASSWORD", "value": "…"`.
fn paired(text: &[u8], place: usize, quoted: bool) -> Option<usize> {
    let mut next = place;
    while next < place + 32
        && matches!(at(text, next), b',' | b'\n' | b'\r' | b' ' | b'\t' | b'"' | b'\'' | b'\\')
    {
        next += 1;
    }
    let apart =
        quoted || bytes::between(text, place, next).iter().any(|byte| matches!(byte, b',' | b'\n'));
    if next == place || !apart || !bytes::starts_with_fold(from(text, next), b"value") {
        return None;
    }
    let (closed, _) = skip_closers(text, next + 5);
    let sign = skip_blanks(text, closed);
    operator(text, sign).map(|(len, _, _)| sign + len)
}

/// Words that say what a secret is, in a sentence.
fn says(text: &[u8], place: usize) -> usize {
    const WORDS: [&[u8]; 8] = [
        b"is set to ",
        b"set to ",
        b"changed to ",
        b"is ",
        b"was ",
        b"equals ",
        b"to be ",
        b"will be ",
    ];
    WORDS
        .iter()
        .find(|word| bytes::starts_with_fold(from(text, place), word))
        .map_or(place, |word| skip_blanks(text, place + word.len()))
}

/// Skips what opens a value: blanks, one folded line, colours, brackets, `Some(`, quotes.
fn opened(text: &[u8], place: usize, kind: Kind, percent: bool) -> Option<Joint> {
    let (start, folded) = skip_fold(text, place)?;
    let mut place = start;
    let mut escapes = 0;
    for _ in 0..16 {
        let here = at(text, place);
        let rest = from(text, place);
        let quoted = |mark| {
            Some(Joint {
                kind,
                value: place + 1,
                close: Close::Quote { mark, escapes },
                percent,
                folded,
            })
        };
        let literally = |len: usize, close| {
            Some(Joint {
                kind,
                value: place + len,
                close: Close::Literally(close),
                percent,
                folded,
            })
        };
        match here {
            b'"' | b'\'' | b'`' => return quoted(here),
            b'\\' if matches!(at(text, place + 1), b'"' | b'\'' | b'\\') => {
                escapes += 1;
                place += 1;
                continue;
            }
            b'%' if rest.starts_with(b"%22") => return literally(3, b"%22"),
            b'&' if rest.starts_with(b"&quot;") => return literally(6, b"&quot;"),
            0xc2 if rest.starts_with("«".as_bytes()) => return literally(2, "»".as_bytes()),
            0xe2 if rest.starts_with("“".as_bytes()) => return literally(3, "”".as_bytes()),
            _ => {}
        }
        let step = blank_len(text, place).max(ansi_len(text, place)).max(wrapper_len(text, place));
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

/// Blanks, and at most one line's end with an indented line behind it.
fn skip_fold(text: &[u8], place: usize) -> Option<(usize, bool)> {
    let place = skip_blanks(text, place);
    let line_end = match (at(text, place), at(text, place + 1)) {
        (b'\n', _) => place + 1,
        (b'\r', b'\n') => place + 2,
        _ => return Some((place, false)),
    };
    let start = skip_blanks(text, line_end);
    (start > line_end).then_some((start, true))
}

/// The longest name of a wrapper.
const MAX_WRAPPER: usize = 40;

/// A wrapper that opens right before a quote: `Some(`, `String(`, `b`, `[`, `(`.
fn wrapper_len(text: &[u8], place: usize) -> usize {
    let opens_quote = |end: usize| matches!(at(text, end), b'"' | b'\'' | b'\\');
    match at(text, place) {
        b'[' | b'(' if opens_quote(place + 1) => 1,
        b'b' | b'r' | b'f' | b'u' | b'@' | b'$' if matches!(at(text, place + 1), b'"' | b'\'') => 1,
        b'b' if at(text, place + 1) == b'\\' && at(text, place + 2) == b'"' => 1,
        b'r' if at(text, place + 1) == b'#' && at(text, place + 2) == b'"' => 2,
        first if bytes::is(first, UPPER) => {
            let near = bytes::between(text, 0, text.len().min(place + MAX_WRAPPER + 1));
            let name = bytes::run_end(near, place, ALNUM | NAME | COLON);
            // Pretty Debug output breaks the line behind the parenthesis.
            let end = skip_fold(text, name + 1).map_or(name + 1, |(end, _)| end);
            let opens = at(text, name) == b'(' && name - place <= MAX_WRAPPER;
            let wraps = opens_quote(end)
                || (at(text, end) == b'b' && opens_quote(end + 1))
                || bytes::is(at(text, end), UPPER)
                || from(text, end).starts_with(b"[redacted:");
            // Debug output may also show a bare value in a wrapper, as in `Some(abc)`.
            let some = matches!(bytes::between(text, place, name), b"Some" | b"Ok" | b"Secret");
            if opens && (wraps || some) { end - place } else { 0 }
        }
        _ => 0,
    }
}
