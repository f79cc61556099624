//! The size cap: a text and a limit go in, the part to look at and what becomes of the rest come out.
//!
//! What is over the limit is dropped and counted, never passed on unscanned.

use std::fmt::Write;

/// A text within its limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut<'t> {
    pub(crate) body: &'t str,
    pub(crate) tail: Tail<'t>,
}

/// What followed the part that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail<'t> {
    Nothing,
    /// The marker of an earlier cut.
    Marker(&'t str),
    /// So many bytes.
    Dropped(usize),
}

impl Tail<'_> {
    pub(crate) const fn dropped(self) -> bool {
        matches!(self, Self::Dropped(_))
    }
}

const OPEN: &str = "[truncated:";
const CLOSE: &str = " bytes]";
/// How far back a cut looks for a blank, so that it does not split a secret beyond recognition.
const MAX_LOOK_BACK: usize = 1024;

/// The part of a text that is looked at.
#[inline]
pub(crate) fn within(text: &str, max_len: usize) -> Cut<'_> {
    if text.len() <= max_len {
        return Cut { body: text, tail: Tail::Nothing };
    }
    if let Some((body, marker)) = marked(text)
        && body.len() <= max_len
    {
        return Cut { body, tail: Tail::Marker(marker) };
    }
    let body = text.get(..place(text, max_len)).unwrap_or_default();
    Cut { body, tail: Tail::Dropped(text.len() - body.len()) }
}

/// The last place between two characters at or before a place.
pub(crate) fn boundary(text: &str, place: usize) -> usize {
    let place = place.min(text.len());
    (place.saturating_sub(3)..=place).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0)
}

/// Where a text is cut: at a blank if one is near.
///
/// What follows the last blank may be the start of a secret, too short to be known for one.
fn place(text: &str, max_len: usize) -> usize {
    let limit = boundary(text, max_len);
    let near = boundary(text, limit.saturating_sub(MAX_LOOK_BACK));
    let window = text.get(near..limit).unwrap_or_default();
    window.rfind([' ', '\n', '\t']).map_or(limit, |blank| near + blank + 1)
}

/// Splits off the marker of an earlier cut.
fn marked(text: &str) -> Option<(&str, &str)> {
    let digits_end = text.strip_suffix(CLOSE)?;
    let digits =
        digits_end.len() - digits_end.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let start = (digits_end.len() - digits).checked_sub(OPEN.len())?;
    (1..=20).contains(&digits).then_some(())?;
    text.get(start..)?.starts_with(OPEN).then(|| text.split_at(start))
}

/// The redacted part with what is to be said about the rest.
///
/// Markers may be longer than what they replace; the limit holds for the outcome as well, so that
/// redacting once more finds the text as it is.
pub(crate) fn joined(mut body: String, tail: Tail<'_>, max_len: usize) -> String {
    let mut lost = if let Tail::Dropped(bytes) = tail { bytes } else { 0 };
    if body.len() > max_len {
        let end = before_marker(&body, place(&body, max_len));
        lost += body.len() - end;
        body.truncate(end);
    }
    match tail {
        Tail::Marker(marker) if lost == 0 => body.push_str(marker),
        _ if lost > 0 => {
            // Writing to a `String` cannot fail.
            let _ = write!(body, "{OPEN}{lost}{CLOSE}");
        }
        _ => {}
    }
    body
}

/// The start of the marker that a place is in the middle of, else the place itself.
fn before_marker(body: &str, place: usize) -> usize {
    let near = boundary(body, place.saturating_sub(80));
    let window = body.get(near..).unwrap_or_default();
    window
        .rmatch_indices("[redacted:")
        .map(|(start, _)| near + start)
        .find(|&start| {
            start < place
                && body
                    .get(start..)
                    .and_then(|rest| rest.find(']'))
                    .is_some_and(|len| start + len >= place)
        })
        .unwrap_or(place)
}

#[cfg(test)]
mod tests {
    use crate::Redactor;

    fn capped(bytes: usize) -> Redactor {
        Redactor::builder().max_len(bytes).build().unwrap()
    }

    #[test]
    fn the_rest_is_dropped_and_counted() {
        assert_eq!(
            capped(16).redact("one two three four five"),
            "one two three [truncated:9 bytes]"
        );
        assert_eq!(capped(23).redact("one two three four five"), "one two three four five");
    }

    #[test]
    fn a_cut_falls_between_characters() {
        let text = "ä".repeat(40);
        assert_eq!(capped(17).redact(&text), format!("{}[truncated:64 bytes]", "ä".repeat(8)));
    }

    #[test]
    fn a_secret_at_the_cut_does_not_come_out_in_half() {
        let text = format!("fetching {}{} now", "ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
        for limit in 0..text.len() {
            let clean = capped(limit).redact(&text).into_owned();
            assert!(!clean.contains("a1B2c3D4"), "{limit}: {clean}");
        }
        let url = "see postgres://orch:tr0ub4dor@db/pools for more";
        for limit in 0..url.len() {
            assert!(!capped(limit).redact(url).contains("tr0ub4d"), "{limit}");
        }
    }

    #[test]
    fn cutting_twice_changes_nothing_more() {
        let text = "token=4f9d27c1b8e35a60 ".repeat(8);
        for limit in 0..=text.len() {
            let once = capped(limit).redact(&text).into_owned();
            assert_eq!(capped(limit).redact(&once), once, "{limit}");
            assert!(once.len() <= limit + "[truncated:12345 bytes]".len(), "{limit}");
        }
    }
}
