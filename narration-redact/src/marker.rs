//! Markers: the name of a rule goes in, what stands in a secret's place comes out.

use crate::{
    bytes::{at, before},
    cut::boundary,
};

/// Writes `[redacted:rule]`.
pub(crate) fn push(text: &mut String, rule: &str) {
    text.push_str("[redacted:");
    text.push_str(rule);
    text.push(']');
}

/// Whether a marker covers a place.
#[inline]
pub(crate) fn covers(text: &str, place: usize) -> bool {
    // Nothing else stands in a marker, and that is quick to see.
    let inside = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b':' | b'.' | b' ' | b'[')
            || !byte.is_ascii()
    };
    let bytes = text.as_bytes();
    (inside(before(bytes, place)) || at(bytes, place) == b'[')
        && reaches_into(text, place, place + 1)
}

/// Whether a marker, of a secret or of personal data, reaches into a part of a text.
///
/// What stands in a marker is ours: no rule may find anything in it.
pub(crate) fn reaches_into(text: &str, start: usize, end: usize) -> bool {
    let near = boundary(text, start.saturating_sub(LONGEST));
    let window = text.get(near..end).unwrap_or_default();
    if memchr::memchr(b'[', window.as_bytes()).is_none() {
        return false;
    }
    window.match_indices('[').any(|(place, _)| {
        let len = len_at(text.get(near + place..).unwrap_or_default());
        len > 0 && near + place + len > start
    })
}

/// The longest marker there is, with room for a rule's long name.
const LONGEST: usize = 80;

/// The length of the marker that a text starts with, 0 if it starts with none.
fn len_at(text: &str) -> usize {
    let len = text.bytes().take(LONGEST).position(|byte| byte == b']').map_or(0, |place| place + 1);
    let inside = text.get(1..len.saturating_sub(1)).and_then(|inside| inside.split_once(':'));
    let ours =
        inside.is_some_and(|(kind, content)| text.starts_with('[') && is_ours(kind, content));
    if ours { len } else { 0 }
}

/// Whether we write such a marker. Nobody may hide a secret by writing it into something that only
/// starts like one.
fn is_ours(kind: &str, content: &str) -> bool {
    let all = |admits: fn(u8) -> bool| content.bytes().all(admits);
    let fingerprint = content.len() == 24 && all(|byte| byte.is_ascii_hexdigit());
    match kind {
        "redacted" => {
            all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        }
        "truncated" => content
            .strip_suffix(" bytes")
            .is_some_and(|count| count.bytes().all(|byte| byte.is_ascii_digit())),
        "email" => fingerprint,
        "iban" => {
            let part = |sign: char| sign.is_ascii_alphanumeric() || sign == '…';
            let short = content.len() <= "GB…1234".len() && content.contains('…');
            fingerprint || short && content.chars().all(part)
        }
        "card" | "phone" | "ip" => {
            let part = |sign: char| sign.is_ascii_hexdigit() || matches!(sign, '.' | ':' | '…');
            fingerprint || content.contains('…') && content.chars().all(part)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_markers_inside_is_known() {
        let text = "a [redacted:key] b [email:0123456789abcdef01234567] c [card:…1111]";
        for place in 0..text.len() {
            assert_eq!(covers(text, place), reaches_into(text, place, place + 1), "{place}");
        }
        assert!(reaches_into(text, 5, 8));
        assert!(reaches_into(text, 20, 25));
        assert!(reaches_into(text, 56, 58));
        assert!(!reaches_into(text, 0, 1));
        assert!(!reaches_into(text, 17, 18));
        assert!(!reaches_into("[redacted: password=x ]", 12, 20));
        assert!(!reaches_into("[phone:7\npassword=x1]", 18, 20));
    }
}
