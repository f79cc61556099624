//! Authentication schemes: the place of `Bearer` or `Basic`, or of an `Authorization` header's value,
//! goes in; the credentials behind the scheme's name come out.

use super::{
    Memory,
    joint::{Close, Joint},
    placeholder, shapes, token,
    value::{self, Surroundings},
};
use crate::{
    base64,
    bytes::{self, ALNUM, BASE64, DASH, DIGIT, UNDERSCORE, at, between, from},
    scan::Found,
    words::Words,
};

/// Whether a secret is what the word for bearer tokens at a place announces.
pub(crate) fn announces(word: usize, found: Found) -> bool {
    found.rule == "bearer" && found.start == word + "bearer ".len()
}

/// The token behind a `Bearer` that stands alone in a text.
pub(crate) fn bearer(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let credentials = behind_word(text, start, b"bearer")?;
    let run = memory.run_end(text, credentials, shapes::CREDENTIAL);
    let end = token::trim_stops(text, credentials, run);
    let found = between(text, credentials, end);
    if found.len() < 8 || is_parameter(found) {
        return None;
    }
    let letters_and_digits = || {
        found.iter().any(|&byte| bytes::is(byte, DIGIT))
            && found.iter().any(u8::is_ascii_alphabetic)
    };
    let long = found.len() >= 24 && !shapes::is_number(found);
    let is_token =
        long || letters_and_digits() || shapes::is_credential(found) || shapes::is_uuid(found);
    (is_token && !placeholder::is_placeholder(found)).then_some(Found {
        start: credentials,
        end,
        rule: "bearer",
    })
}

/// `realm=api`, `expires_in=3600`: a short name and a value, where base64 has `=` at its end only.
pub(super) fn is_parameter(found: &[u8]) -> bool {
    let name = found.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
    (1..=24).contains(&name) && at(found, name) == b'=' && !matches!(at(found, name + 1), 0 | b'=')
}

/// The credentials behind a `Basic` that stands alone: base64 of a name, a colon and a password.
pub(crate) fn basic(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let credentials = behind_word(text, start, b"basic")?;
    let end = memory.run_end(text, credentials, BASE64 | DASH | UNDERSCORE);
    let found = between(text, credentials, end);
    (found.len() >= 6 && names_a_user(found)).then_some(Found {
        start: credentials,
        end,
        rule: "basic",
    })
}

/// How much of encoded credentials is read for the colon behind the user's name.
const MAX_USER: usize = 256;

/// Whether base64 text decodes to readable text with a colon in it.
fn names_a_user(encoded: &[u8]) -> bool {
    // Whole groups of four letters, so that what is left of a long text decodes by itself.
    let encoded = encoded.get(..MAX_USER).unwrap_or(encoded);
    let mut colon = false;
    let readable = base64::decode(encoded, |byte| {
        colon |= byte == b':';
        byte >= b' '
    });
    readable && colon
}

/// The place behind a scheme's name and the blanks, fold or escape that must follow it.
fn behind_word(text: &[u8], start: usize, word: &[u8]) -> Option<usize> {
    let end = start + word.len();
    if !bytes::word_starts(text, start) || !bytes::starts_with_fold(from(text, start), word) {
        return None;
    }
    let place = skip_gap(text, end);
    (place > end).then(|| place + usize::from(matches!(at(text, place), b'"' | b'\'' | b'`')))
}

/// Blanks, a folded line, an escaped blank.
fn skip_gap(text: &[u8], start: usize) -> usize {
    let mut place = bytes::skip_blanks(text, start);
    for gap in [&b"\r\n"[..], b"\n", b"\\r\\n", b"\\n", b"%20", b"+", b"\\t", b"\\\""] {
        if from(text, place).starts_with(gap) {
            place = bytes::skip_blanks(text, place + gap.len());
            break;
        }
    }
    place
}

/// Schemes whose name stays readable before their credentials.
#[rustfmt::skip]
static SCHEMES: Words = Words::new(&[
    "bearer", "basic", "token", "digest", "negotiate", "ntlm", "apikey", "api-key", "hawk", "oauth", "sharedkey",
    "sharedkeylite", "aws4-hmac-sha256", "key", "jwt", "hmac", "signature", "bot", "sso-key", "splunk", "geniekey",
    "mac",
]);

/// The credentials of an `Authorization` value: everything behind the scheme's name.
pub(crate) fn credentials(text: &[u8], joint: Joint, around: Surroundings) -> Option<Found> {
    let word_end = bytes::run_end(text, joint.value, ALNUM | DASH);
    let word = between(text, joint.value, word_end);
    let gap_end = skip_gap(text, word_end);
    let known = SCHEMES.have(word);
    let next = || between(text, gap_end, bytes::run_end(text, gap_end, shapes::CREDENTIAL));
    let unknown_scheme = || {
        joint.close == Close::Bare
            && word.len() >= 3
            && shapes::is_word(word)
            && shapes::is_credential(next())
    };
    if gap_end == word_end || !(known || unknown_scheme()) {
        return whole(text, joint, around);
    }
    let end = match joint.close {
        Close::Bare => parameters_end(text, gap_end, around),
        close => value::end(text, gap_end, close, around),
    };
    let found = between(text, gap_end, end);
    let prose =
        shapes::is_word(found) && found.len() < 16 && found.iter().all(u8::is_ascii_lowercase);
    let rule = match word {
        _ if word.eq_ignore_ascii_case(b"bearer") => "bearer",
        _ if word.eq_ignore_ascii_case(b"basic") => "basic",
        _ => "auth",
    };
    (!prose && !found.is_empty() && !placeholder::is_placeholder(found)).then_some(Found {
        start: gap_end,
        end,
        rule,
    })
}

/// A value without a scheme that is known: all of it, unless it reads as a sentence.
fn whole(text: &[u8], joint: Joint, around: Surroundings) -> Option<Found> {
    let end = value::end(text, joint.value, joint.close, around);
    let found = between(text, joint.value, end);
    let holds_a_pair = found.windows(1).last() == Some(b"=") && at(text, end) == b'"';
    let sure = shapes::is_credential(found)
        || shapes::is_uuid(found)
        || (!shapes::is_word(found) && found.len() >= 8 && joint.close != Close::Bare);
    (sure && !holds_a_pair && !shapes::is_path_or_url(found) && !placeholder::is_placeholder(found))
        .then_some(Found { start: joint.value, end, rule: "auth" })
}

/// The end of one credential, or of a list of parameters: `username="…", response="…"`.
fn parameters_end(text: &[u8], start: usize, around: Surroundings) -> usize {
    let mut end = start;
    loop {
        let plain_end = bytes::behind_plain(text, end);
        let name_end = bytes::run_end(text, plain_end, ALNUM | DASH | UNDERSCORE);
        let quoted = at(text, name_end) == b'=' && at(text, name_end + 1) == b'"' && name_end > end;
        end = if quoted {
            memchr::memchr2(b'"', b'\n', from(text, name_end + 2))
                .map_or(text.len(), |len| name_end + 3 + len)
        } else {
            value::end(text, end, Close::Bare, around)
        };
        let comma = bytes::skip_blanks(text, end);
        let next = bytes::skip_blanks(text, comma + 1);
        let next_name = bytes::run_end(text, next, ALNUM | DASH | UNDERSCORE);
        if at(text, comma) != b',' || next_name == next || at(text, next_name) != b'=' {
            return end.min(text.len());
        }
        end = next;
    }
}
