//! Byte classes: a byte goes in, the sets it belongs to come out.

/// A set of bytes, as a mask over the classes below.
pub(crate) type Set = u16;

/// `0-9`
pub(crate) const DIGIT: Set = 1;
/// `a-f`
pub(crate) const LOWER_HEX: Set = 1 << 1;
/// `g-z`
pub(crate) const LOWER_REST: Set = 1 << 2;
/// `A-F`
pub(crate) const UPPER_HEX: Set = 1 << 3;
/// `G-Z`
pub(crate) const UPPER_REST: Set = 1 << 4;
/// `_`
pub(crate) const UNDERSCORE: Set = 1 << 5;
/// `-`
pub(crate) const DASH: Set = 1 << 6;
/// `.`
pub(crate) const DOT: Set = 1 << 7;
/// `=`
pub(crate) const EQUALS: Set = 1 << 8;
/// `+` and `/`, which only the standard base64 alphabet has.
pub(crate) const BASE64_ONLY: Set = 1 << 9;
/// `~`
pub(crate) const TILDE: Set = 1 << 10;
/// `:`
pub(crate) const COLON: Set = 1 << 11;
/// `!`, `$`, `|`, and the `%` of what is percent-encoded
pub(crate) const MARKS: Set = 1 << 12;

/// `@`
pub(crate) const AT: Set = 1 << 13;
/// `,`
pub(crate) const COMMA: Set = 1 << 14;

/// What never ends a value without quotes, and opens no bracket in it.
pub(crate) const QUIET: Set = 1 << 15;

/// `a-z`
pub(crate) const LOWER: Set = LOWER_HEX | LOWER_REST;
/// `A-Z`
pub(crate) const UPPER: Set = UPPER_HEX | UPPER_REST;
/// Letters and digits.
pub(crate) const ALNUM: Set = LOWER | UPPER | DIGIT;
/// Hexadecimal digits in lower case.
pub(crate) const HEX: Set = DIGIT | LOWER_HEX;
/// Hexadecimal digits in either case.
pub(crate) const ANY_HEX: Set = HEX | UPPER_HEX;
/// The URL-safe base64 alphabet, and what most tokens are made of.
pub(crate) const WORD: Set = ALNUM | UNDERSCORE | DASH;
/// The standard base64 alphabet with padding.
pub(crate) const BASE64: Set = ALNUM | BASE64_ONLY | EQUALS;
/// What a field's name is made of.
pub(crate) const NAME: Set = WORD | DOT;

const CLASSES: [Set; 256] = classes();

const fn classes() -> [Set; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = quiet(byte)
            | match byte {
                b'0'..=b'9' => DIGIT,
                b'a'..=b'f' => LOWER_HEX,
                b'g'..=b'z' => LOWER_REST,
                b'A'..=b'F' => UPPER_HEX,
                b'G'..=b'Z' => UPPER_REST,
                b'_' => UNDERSCORE,
                b'-' => DASH,
                b'.' => DOT,
                b'=' => EQUALS,
                b'+' | b'/' => BASE64_ONLY,
                b'~' => TILDE,
                b':' => COLON,
                b'!' | b'$' | b'|' | b'%' => MARKS,
                b'@' => AT,
                b',' => COMMA,
                _ => 0,
            };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

const fn quiet(byte: u8) -> Set {
    match byte {
        0..=b' ' | 0x7f | b'"' | b'\'' | b'`' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' => 0,
        b'}' | b',' | b';' | b'&' | b'#' | b'\\' | b'%' | 0xc2 | 0xe2 | 0xe3 | 0xef => 0,
        _ => QUIET,
    }
}

/// Whether a byte belongs to a set.
#[inline]
pub(crate) const fn is(byte: u8, set: Set) -> bool {
    CLASSES[byte as usize] & set != 0
}

/// The byte at a place; 0 outside of the text, which belongs to no set and ends everything.
#[inline]
pub(crate) fn at(bytes: &[u8], place: usize) -> u8 {
    bytes.get(place).copied().unwrap_or(0)
}

/// The byte before a place; 0 at the start.
#[inline]
pub(crate) fn before(bytes: &[u8], place: usize) -> u8 {
    place.checked_sub(1).map_or(0, |previous| at(bytes, previous))
}

/// What follows from a place on; empty outside of the text.
#[inline]
pub(crate) fn from(bytes: &[u8], place: usize) -> &[u8] {
    bytes.get(place..).unwrap_or_default()
}

/// The bytes between two places; empty outside of the text.
#[inline]
pub(crate) fn between(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end).unwrap_or_default()
}

/// The end of a text that is shorter than what is looked at together; zeros behind it.
#[cold]
#[inline(never)]
pub(crate) fn padded<const LEN: usize>(rest: &[u8]) -> [u8; LEN] {
    let mut all = [0; LEN];
    all.iter_mut().zip(rest).for_each(|(to, &from)| *to = from);
    all
}

/// The end of the longest run of a set's bytes that starts at a place.
#[inline]
pub(crate) fn run_end(bytes: &[u8], start: usize, set: Set) -> usize {
    let rest = from(bytes, start);
    let mut len = 0;
    for few in rest.as_chunks::<FEW>().0 {
        if let Some(end) = few.iter().position(|&byte| !is(byte, set)) {
            return start + len + end;
        }
        len += FEW;
        if len == STRIDE {
            return start + long_run(rest, set);
        }
    }
    start + len + from(rest, len).iter().take_while(|&&byte| is(byte, set)).count()
}

/// How many bytes are looked at together in a short run, and in a long one.
const FEW: usize = 8;
const STRIDE: usize = 32;

/// The length of a run that is no short one: in strides where nothing but letters and digits is.
fn long_run(rest: &[u8], set: Set) -> usize {
    let mut len = 0;
    for stride in rest.as_chunks::<STRIDE>().0 {
        let plain = set & ALNUM == ALNUM && is_plain(stride);
        if !plain && !stride.iter().all(|&byte| is(byte, set)) {
            break;
        }
        len += STRIDE;
    }
    len + from(rest, len).iter().take_while(|&&byte| is(byte, set)).count()
}

/// Whether a stride is nothing but letters and digits; told without a table, so that the compiler
/// can look at many bytes at once.
#[inline]
pub(crate) fn is_plain<const LEN: usize>(stride: &[u8; LEN]) -> bool {
    let mut others = 0_u8;
    for &byte in stride {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        others |= u8::from(!(letter | digit));
    }
    others == 0
}

/// The place behind as many letters and digits as are looked at together, or the same place.
#[inline]
pub(crate) fn behind_plain(bytes: &[u8], start: usize) -> usize {
    const SOME: usize = 16;
    let some = from(bytes, start).first_chunk::<SOME>();
    if some.is_some_and(is_plain) { start + SOME } else { start }
}

/// A value without the backslashes in front of it, of which any number may be part of it or of what
/// opens it.
pub(crate) fn unescaped(value: &[u8]) -> &[u8] {
    from(value, value.iter().take_while(|&&byte| byte == b'\\').count())
}

/// The start of the longest run of a set's bytes that ends at a place, at most `limit` bytes long.
#[inline]
pub(crate) fn run_start(bytes: &[u8], end: usize, limit: usize, set: Set) -> usize {
    let window = between(bytes, end.saturating_sub(limit), end);
    end - window.iter().rev().take_while(|&&byte| is(byte, set)).count()
}

/// Whether a text starts with a prefix, letters compared without regard to case.
///
/// The prefix must be in lower case.
pub(crate) fn starts_with_fold(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// Whether a text ends with a suffix, letters compared without regard to case.
pub(crate) fn ends_with_fold(bytes: &[u8], suffix: &[u8]) -> bool {
    bytes
        .len()
        .checked_sub(suffix.len())
        .is_some_and(|start| from(bytes, start).eq_ignore_ascii_case(suffix))
}

/// The length of a blank at a place, 0 if there is none: space, tab, and the no-break and
/// typographic spaces that text picks up on its way through editors and terminals.
pub(crate) fn blank_len(bytes: &[u8], place: usize) -> usize {
    match at(bytes, place) {
        b' ' | b'\t' => 1,
        0xc2 if at(bytes, place + 1) == 0xa0 => 2,
        0xe2 if at(bytes, place + 1) == 0x80
            && matches!(at(bytes, place + 2), 0x80..=0x8b | 0xaf) =>
        {
            3
        }
        0xe3 if between(bytes, place, place + 3) == [0xe3, 0x80, 0x80] => 3,
        0xef if between(bytes, place, place + 3) == [0xef, 0xbb, 0xbf] => 3,
        _ => 0,
    }
}

/// The first place from `start` on that holds no blank; looks at 64 bytes at most.
pub(crate) fn skip_blanks(bytes: &[u8], start: usize) -> usize {
    let mut place = start;
    while place < start + 64 {
        match blank_len(bytes, place) {
            0 => break,
            len => place += len,
        }
    }
    place
}

/// The length of a terminal colour sequence at a place, raw or escaped (`\u001b[0m`, `\x1b[0m`), else 0.
#[inline]
pub(crate) fn ansi_len(bytes: &[u8], place: usize) -> usize {
    match at(bytes, place) {
        0x1b | b'\\' => colour_len(from(bytes, place)),
        _ => 0,
    }
}

fn colour_len(rest: &[u8]) -> usize {
    let lead = [&b"\x1b["[..], b"\\u001b[", b"\\u{1b}[", b"\\x1b[", b"\\e[", b"\\033["]
        .into_iter()
        .find(|lead| starts_with_fold(rest, lead))
        .map_or(0, <[u8]>::len);
    if lead == 0 {
        return 0;
    }
    let digits = from(rest, lead)
        .iter()
        .take(16)
        .take_while(|byte| matches!(byte, b'0'..=b'9' | b';'))
        .count();
    if at(rest, lead + digits).is_ascii_alphabetic() { lead + digits + 1 } else { 0 }
}

/// The quote that an escape at a place stands for, as it is written there: `\u0022`, `\x22`, `&#34;`.
pub(crate) fn written_quote(bytes: &[u8], place: usize) -> Option<&'static [u8]> {
    #[rustfmt::skip]
    const QUOTES: [&[u8]; 16] = [
        b"\\u0022", b"\\u0027", b"\\x22", b"\\x27", b"\\\\u0022", b"\\\\u0027", b"\\\\x22", b"\\\\x27",
        b"&quot;", b"&apos;", b"&#34;", b"&#39;", b"&#x22;", b"&#x27;", b"%22", b"%27",
    ];
    let rest = from(bytes, place);
    QUOTES.into_iter().find(|quote| rest.starts_with(quote))
}

/// Whether a new word starts at a place.
///
/// Besides everything that is no letter or digit, the last letter of an escape also ends the word
/// before it: `%3Dtoken`, `\ntoken`, and `token` behind a terminal colour.
pub(crate) fn word_starts(bytes: &[u8], place: usize) -> bool {
    !is(before(bytes, place), ALNUM) || escape_ends(bytes, place)
}

/// Whether the letters or digits before a place are the end of an escape and no part of a word.
pub(crate) fn escape_ends(bytes: &[u8], place: usize) -> bool {
    let back =
        |distance: usize| place.checked_sub(distance).map_or(0, |at_place| at(bytes, at_place));
    if back(3) == b'%' && is(back(2), ANY_HEX) && is(back(1), ANY_HEX) {
        return true;
    }
    if back(2) == b'\\' && matches!(back(1), b'n' | b'r' | b't') {
        return true;
    }
    // `\x22` and `\u0022`
    let digits = is(back(2), ANY_HEX) && is(back(1), ANY_HEX);
    if digits && (back(4) == b'\\' && back(3) == b'x' || back(6) == b'\\' && back(5) == b'u') {
        return true;
    }
    if back(1) != b'm' {
        return false;
    }
    let digits = between(bytes, place.saturating_sub(12), place - 1)
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'0'..=b'9' | b';'))
        .count();
    back(2 + digits) == b'['
}
