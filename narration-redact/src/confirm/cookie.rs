//! Cookies: a header's name and the place of its value go in, what the cookies carry comes out.

use super::{
    joint::{Close, Joint},
    placeholder, shapes,
    value::{self, Surroundings},
};
use crate::{
    bytes::{self, NAME, at, between, from},
    scan::Found,
    words::Words,
};

/// A `Cookie` header's pairs, or the value of the one that `Set-Cookie` sets.
pub(crate) fn pairs(text: &[u8], name: &[u8], joint: Joint, around: Surroundings) -> Option<Found> {
    if placeholder::is_marker(from(text, joint.value)) {
        return None;
    }
    let set = bytes::starts_with_fold(name, b"set");
    let end = pairs_end(text, joint, around, set);
    let all = between(text, joint.value, end);
    let sign = all.iter().position(|&byte| byte == b'=');
    let found = |start, end| {
        let value = between(text, start, end);
        let is_none = value.len() < 2 || placeholder::is_placeholder(value) || are_choices(all);
        (!is_none).then_some(Found { start, end, rule: "cookie" })
    };
    match sign {
        Some(sign) if set => {
            let start = joint.value + sign + 1;
            let value = from(all, sign + 1);
            let len = value.iter().position(|&byte| byte == b';').unwrap_or(value.len());
            found(start, start + len)
        }
        Some(_) => found(joint.value, end),
        None => found(joint.value, end).filter(|_| shapes::is_credential(all)),
    }
}

/// Whether cookies hold nothing but what a visitor chose: a theme, a language.
fn are_choices(pairs: &[u8]) -> bool {
    static NAMES: Words = Words::new(&[
        "theme", "lang", "language", "locale", "timezone", "tz", "currency", "country", "consent",
    ]);
    pairs.split(|&byte| byte == b';').all(|pair| {
        let pair = pair.trim_ascii();
        let sign = pair.iter().position(|&byte| byte == b'=').unwrap_or(0);
        NAMES.have(between(pair, 0, sign)) && shapes::is_word(from(pair, sign + 1))
    })
}

/// The end of `name=value; name=value`; what stands behind it on the line is not theirs.
fn pairs_end(text: &[u8], joint: Joint, around: Surroundings, only_one: bool) -> usize {
    if joint.close != Close::Bare {
        return value::end(text, joint.value, joint.close, around);
    }
    let mut end = joint.value;
    loop {
        end += from(text, end)
            .iter()
            .take_while(|&&byte| byte > b' ' && !matches!(byte, b';' | b'"' | b'\'' | b'\\'))
            .count();
        let next = bytes::skip_blanks(text, end + 1);
        let name_end = bytes::run_end(text, next, NAME);
        if only_one || at(text, end) != b';' || name_end == next || at(text, name_end) != b'=' {
            return end;
        }
        end = name_end;
    }
}
