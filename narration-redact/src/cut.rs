//! The size cap: a text and a limit go in, the part to look at and what becomes of the rest come out.
//!
//! What is over the limit is dropped and counted, never passed on unscanned.

use std::fmt::Write;

use crate::{announces_secret, is_secret_name};

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
/// How far back a cut looks for a place where no secret is split.
const MAX_LOOK_BACK: usize = 4096;
/// How many signs before a cut may be the first groups of a number that is written in groups.
const MAX_GROUPS: usize = 40;

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

/// Where a text is cut: behind a sign that stands in no token, if one is near.
///
/// What follows that sign may be the start of a secret, too short to be known for one; so may the
/// groups of digits before it, of a card's number or an account's.
fn place(text: &str, max_len: usize) -> usize {
    let limit = boundary(text, max_len);
    let near = boundary(text, limit.saturating_sub(MAX_LOOK_BACK));
    let window = text.get(near..limit).unwrap_or_default();
    let Some(end) = apart(window).or_else(|| window.rfind('&').map(|place| place + 1)) else {
        return limit;
    };
    near + without_groups(window.get(..end).unwrap_or_default())
}

/// Where a text is cut of which the rest is looked at by itself: between no name and its value.
pub(crate) fn place_between(text: &str, max_len: usize) -> usize {
    let limit = boundary(text, max_len);
    let near = boundary(text, limit.saturating_sub(MAX_LOOK_BACK));
    let window = text.get(near..limit).unwrap_or_default();
    let mut end = window.len();
    while let Some(place) = apart(window.get(..end).unwrap_or_default()) {
        let head = window.get(..place).unwrap_or_default();
        let whole = without_groups(head);
        if whole == place && !leads_on(head) {
            return near + place;
        }
        // Back over the sign itself.
        end = if whole < place { whole } else { boundary(head, place - 1) };
    }
    limit
}

/// Behind the last sign that stands in no token.
fn apart(text: &str) -> Option<usize> {
    let sign = |sign: char| !sign.is_ascii() || sign.is_ascii_whitespace() || is_bracket(sign);
    text.char_indices().rev().find(|(_, each)| sign(*each)).map(|(at, each)| at + each.len_utf8())
}

fn is_bracket(sign: char) -> bool {
    matches!(
        sign,
        '"' | '\'' | '`' | ',' | ';' | '|' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '\\'
    )
}

/// The text without the groups of capitals and digits at its end.
fn without_groups(text: &str) -> usize {
    let groups = text.trim_end_matches(|sign: char| {
        sign.is_ascii_digit()
            || sign.is_ascii_uppercase()
            || matches!(sign, ' ' | '-' | '+' | '(' | ')')
    });
    let ends = text.get(groups.len()..).unwrap_or_default();
    // Whole words alone: digits may be the end of a token.
    let apart = groups.is_empty() || groups.ends_with(is_bracket);
    let first = if apart { 0 } else { ends.find(' ').unwrap_or(ends.len()) };
    let number = ends.get(first..).unwrap_or_default();
    let blanks = number.len() - number.trim_start_matches(' ').len();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_number = digits >= 2 && number.ends_with(' ') && number.len() <= MAX_GROUPS;
    if is_number { groups.len() + first + blanks } else { text.len() }
}

/// Whether what follows belongs to a name that stands before it.
fn leads_on(text: &str) -> bool {
    let text = text.get(boundary(text, text.len().saturating_sub(128))..).unwrap_or_default();
    let name = text.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let start = name.rfind(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '-'));
    let word = start.map_or(name, |start| name.get(start..).unwrap_or_default());
    announces_secret(text)
        || is_secret_name(word.trim_matches(|sign: char| !sign.is_alphanumeric()))
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
    use crate::{PiiKind, Redactor};

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

    /// A body without blanks, as a service logs it in one line.
    #[test]
    fn nor_does_one_in_a_text_without_blanks() {
        let secrets = [
            ("ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8", "c3D4e5"),
            ("postgres://orch:tr0ub4dor@db/pools", "tr0ub4d"),
            ("AKIAQ6Z2T5K3M7N4P8R1", "Q6Z2T5"),
        ];
        for (frame, (secret, part)) in
            ["{\"seat\":1,\"note\":\"", "seat=1,row=", "é世|", "a=1&b=2&c="]
                .into_iter()
                .flat_map(|frame| secrets.map(|secret| (frame, secret)))
        {
            let text = format!("{frame}{secret}\",\"rest\":\"{}", "ab".repeat(200));
            for limit in 0..frame.len() + secret.len() + 4 {
                let clean = capped(limit).redact(&text).into_owned();
                assert!(!clean.contains(part), "{limit}: {clean}");
            }
        }
    }

    #[test]
    fn a_token_that_ends_in_digits_is_no_number_in_groups() {
        let text = format!("cloning by {}{} for the desk", "glpat-", "Ab0123456789Cd012345");
        for limit in 0..text.len() {
            let clean = capped(limit).redact(&text).into_owned();
            assert!(!clean.contains("Ab0123"), "{limit}: {clean}");
        }
    }

    #[test]
    fn a_number_in_groups_is_not_shown_in_half() {
        let redactor = |limit| {
            let kinds = Redactor::builder().pii(PiiKind::Card).pii(PiiKind::Iban);
            kinds.max_len(limit).build().unwrap()
        };
        for number in ["4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00"] {
            let text = format!("paid with {number} at the desk");
            for limit in 0..text.len() {
                let clean = redactor(limit).redact(&text).into_owned();
                assert!(!clean.contains(&number[..7]), "{limit}: {clean}");
            }
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
