//! Plain assignments: where a name stands goes in, the secret behind its `=` comes out, if name and
//! value are as plain as most are.
//!
//! Nothing is found here that would not be found at length: `api_key=4f9d27c1b8e35a60` only has none
//! of what has to be looked for around a value, and that is quick to see.

use super::{change, keyed, token};
use crate::{
    bytes::{self, ALNUM, DIGIT, WORD, at, before, between},
    names::{self, Noun, Trust},
    scan::Found,
};

/// The secret that is assigned to the name between two places.
#[inline]
pub(super) fn assigned(text: &[u8], start: usize, end: usize) -> Option<Found> {
    // Behind these a name may be part of an escape, a tag, a marker or a resource.
    let led = matches!(before(text, start), b'%' | b'\\' | b'[' | b';' | b'<' | b':');
    if at(text, end) != b'=' || led {
        return None;
    }
    let value = end + 1;
    let value_end = mix_end(text, value)?;
    let (name, letters) = (between(text, start, end), between(text, value, value_end));
    let noun = names::classify(name).filter(|name| name.trust == Trust::Sure)?.noun;
    // What these hold is judged in other ways, and so is what a field of its own name is given.
    let apart = matches!(noun, Noun::Authorization | Noun::Cookie | Noun::Code)
        || name == b"chpasswd"
        || name.ends_with(letters)
        || keyed::opens_scheme(letters)
        || change::may_follow(text, value_end);
    if apart {
        return None;
    }
    let rule = token::rule_of(text, value, value_end).unwrap_or(keyed::rule(noun));
    Some(Found { start: value, end: value_end, rule })
}

/// The end of a mix of letters and digits that is too long for a word and no number with its unit,
/// before a blank, a quote or the end of the text.
#[inline]
fn mix_end(text: &[u8], start: usize) -> Option<usize> {
    const SHORTEST: usize = 12;
    const LONGEST_UNIT: usize = 3;
    // A marker may open with a letter, and a number with a sign or with its base.
    if matches!(at(text, start), b'r' | b'R' | b'-' | b'_') || at(text, start + 1) == b'x' {
        return None;
    }
    let end = bytes::run_end(text, bytes::behind_plain(text, start), WORD);
    let value = between(text, start, end);
    let any = |part: &[u8], set| part.iter().any(|&byte| bytes::is(byte, set));
    let head = between(value, 0, value.len().saturating_sub(LONGEST_UNIT));
    let mixed = value.len() >= SHORTEST && any(value, DIGIT) && any(head, ALNUM & !DIGIT);
    let ends = end == text.len() || matches!(at(text, end), b' ' | b'\n' | b'\r' | b'"');
    (mixed && ends).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirm::{Memory, site::Site};
    use proptest::prelude::*;

    /// What stands before names, what they are made of, and what stands behind values.
    #[rustfmt::skip]
    const PIECES: [&str; 44] = [
        "", " ", "\"", "--", "?", "&", "#", "%3D", "\\n", "[", "\u{1b}[32m", ";", "<", ":", "arn:a:secret:",
        "[redacted:", "api_key", "password", "tOken", "token", "x_secret", "auth", "authorization", "cookie",
        "session_token", "signature", "sid", "chpasswd", "sshpass", "identified", "password-stdin", "pin",
        ".", "-", "(", " -> ", " to ", " replaced with ", " changed to ", "\n", " by 'x", "'", "\0", "ä",
    ];

    /// What values are made of.
    #[rustfmt::skip]
    const VALUES: [&str; 18] = [
        "", "4f9d27c1b8e35a60", "0x4f9d27c1b8e3", "bearer12345678", "redacted12345", "String", "hunter2x",
        "ghp_", "eyJ", "a", "7", "12ms", "-", "_", "password12345", "token ", "2025-09-30", "Zz",
    ];

    fn pieces(of: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(of), 0..most).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_plain_is_judged_as_it_is_at_length(
            before in pieces(&PIECES, 5),
            value in pieces(&VALUES, 4),
            behind in pieces(&PIECES, 4),
        ) {
            let text = format!("{before}={value}{behind}");
            let text = text.as_bytes();
            for start in 0..before.len() {
                let mut memory = Memory::default();
                let Some(site) = Site::around(text, start, &mut memory) else { continue };
                if let Some(plain) = assigned(text, site.start, site.end) {
                    let found = keyed::at_length(text, start, site, &mut memory);
                    prop_assert_eq!(Some(plain), found);
                    prop_assert!(memory.next.is_none() && !memory.changed);
                }
            }
        }
    }
}
