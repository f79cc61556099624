//! Values that stand where a secret could stand and are none: a value goes in, yes or no comes out.

use super::shapes;
use crate::{bytes, names, words::Words};

/// Longer values are never looked at here: no placeholder is that long.
const MAX_PLACEHOLDER: usize = 128;

/// Whether a value says that there is no secret, or none any more: `***`, `<redacted>`,
/// `${TOKEN}`, `{{ token }}`, `None`, `[redacted:key]`.
pub(crate) fn is_placeholder(value: &[u8]) -> bool {
    if is_marker(value) {
        return true;
    }
    if value.len() > MAX_PLACEHOLDER || shapes::is_plain_mix(value) {
        return false;
    }
    is_masked(value)
        || is_variable(value)
        || is_tag(value)
        || is_bracketed(value)
        || is_invitation(value)
        || is_said_to_be_none(value)
}

/// Whether a value starts with a marker, of ours or of another's redaction.
pub(crate) fn is_marker(value: &[u8]) -> bool {
    const OPEN: &[u8] = b"[<({*";
    const WORDS: [&[u8]; 13] = [
        b"redacted",
        b"filtered",
        b"masked",
        b"hidden",
        b"removed",
        b"secret",
        b"omitted",
        b"scrubbed",
        b"protected",
        b"sensitive",
        b"truncated:",
        b"censored",
        b"known",
    ];
    if !value.first().is_some_and(|first| b"[<({*rR".contains(first)) {
        return false;
    }
    let opened = value.iter().take_while(|byte| OPEN.contains(byte)).count();
    if bytes::starts_with_fold(value, b"redacted") {
        return value.len() == 8 || !value.get(8).is_some_and(u8::is_ascii_alphanumeric);
    }
    if opened == 0 {
        return false;
    }
    let inside = bytes::from(value, opened);
    WORDS.iter().any(|word| bytes::starts_with_fold(inside, word)) || is_pseudonym(inside)
}

/// `email:` and a fingerprint, or a part of what was there, and the bracket behind it.
fn is_pseudonym(inside: &[u8]) -> bool {
    let kinds = [&b"email:"[..], b"card:", b"iban:", b"phone:", b"ip:"];
    let content = kinds.iter().find_map(|kind| inside.strip_prefix(*kind)).unwrap_or_default();
    let len = content.iter().take(32).position(|&byte| byte == b']');
    let content = bytes::between(content, 0, len.unwrap_or(0));
    content.len() == 24 && content.iter().all(u8::is_ascii_hexdigit)
        || content.windows(3).any(|sign| sign == "…".as_bytes())
}

/// Nothing but signs that hide, or a piece of a value with the rest hidden behind stars.
fn is_masked(value: &[u8]) -> bool {
    let stars = || value.contains(&b'*').then(|| memchr::memchr_iter(b'*', value).count());
    let hides = |byte: &u8| matches!(byte, b'*' | b'.' | b'-' | b'_' | b'#' | b'?');
    let bullets =
        value.chunks(3).all(|sign| matches!(sign, [0xe2, 0x80, 0xa2 | 0xa6] | [0xe2, 0x97, 0x8f]));
    let crosses = value.len() >= 3
        && (value.iter().all(|&byte| byte == b'x') || value.iter().all(|&byte| byte == b'X'));
    value.iter().all(hides) || (!value.is_empty() && bullets) || crosses || stars() >= Some(4)
}

/// A tag by which a YAML file has its value from elsewhere.
fn is_tag(value: &[u8]) -> bool {
    const TAGS: [&str; 9] =
        ["vault", "secret", "env", "env_var", "ref", "sub", "getatt", "reference", "include"];
    value
        .strip_prefix(b"!")
        .is_some_and(|tag| TAGS.iter().any(|known| tag.eq_ignore_ascii_case(known.as_bytes())))
}

/// A variable or a format's place: `${TOKEN}`, `$TOKEN`, `$(cmd)`, `%TOKEN%`, `{token}`, `{{ token }}`, `%s`.
fn is_variable(value: &[u8]) -> bool {
    if !value.first().is_some_and(|first| b"{#%$@?:<".contains(first)) {
        return false;
    }
    let name = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | b' ')
    };
    let inner = |open: &[u8], close: &[u8]| {
        value
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inside| inside.iter().all(name) && !shapes::is_opaque(inside))
    };
    if inner(b"{", b"}") || inner(b"{{", b"}}") || inner(b"#{", b"}") || inner(b"%(", b")s") {
        return true;
    }
    if value.starts_with(b"${")
        || value.starts_with(b"$(")
        || value.starts_with(b"{{")
        || value.starts_with(b"@{")
    {
        return true;
    }
    if let Some(rest) = value.strip_prefix(b"$").or_else(|| value.strip_prefix(b"$env:")) {
        // `$BASE_URL/login` is a variable with a path behind it, `$accountKey` names what it holds.
        let name_end = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
        let shouted =
            |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
        return bytes::between(rest, 0, name_end).iter().all(shouted)
            || rest.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
                && names::classify(rest).is_some();
    }
    if value.starts_with(b"<%") {
        return true;
    }
    // `'#new-password'` finds an element of a page.
    if let Some(rest) = value.strip_prefix(b"#")
        && rest.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-')
    {
        return names::classify(rest).is_some();
    }
    // A statement's parameter is named like its column: `password = :password`.
    if let Some(rest) = value.strip_prefix(b"@").or_else(|| value.strip_prefix(b":"))
        && rest.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_')
    {
        return names::classify(rest).is_some();
    }
    matches!(value, b"%s" | b"%v" | b"%d" | b"%q" | b"{}" | b"{:?}" | b"{0}" | b"?")
        || (value.len() > 2
            && inner(b"%", b"%")
            && value.iter().all(|byte| !byte.is_ascii_lowercase()))
}

/// Words in angle brackets are an invitation to fill in: `<your-token>`, `<none>`.
fn is_bracketed(value: &[u8]) -> bool {
    let inside = value.strip_prefix(b"<").map(|rest| rest.strip_suffix(b">").unwrap_or(rest));
    inside.is_some_and(|inside| {
        inside.iter().all(|byte| {
            byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b' ' | b'/' | b'|')
        })
    })
}

/// Words that a reader is to replace: `YOUR_API_KEY`, `your-token-here`, `API_KEY`, `PASSWORD`.
fn is_invitation(value: &[u8]) -> bool {
    let words = || value.split(|byte| matches!(byte, b'-' | b'_' | b' '));
    let letters = value.iter().all(|byte| byte.is_ascii_alphabetic() || b"-_ ".contains(byte));
    let yours = || {
        let first = words().next().unwrap_or_default();
        ["your", "my", "the", "insert", "enter", "put", "add", "paste"]
            .iter()
            .any(|word| first.eq_ignore_ascii_case(word.as_bytes()))
    };
    let kind = || {
        words().any(|word| {
            ["password", "token", "key", "secret", "credentials", "pass", "passwd", "pwd"]
                .iter()
                .any(|kind| word.eq_ignore_ascii_case(kind.as_bytes()))
        })
    };
    let shouted = || value.iter().all(|byte| !byte.is_ascii_lowercase());
    letters && kind() && (shouted() || yours() && words().count() > 1)
}

/// A word for the absence, the presence or the state of a secret.
fn is_said_to_be_none(value: &[u8]) -> bool {
    #[rustfmt::skip]
    static WORDS: Words = Words::new(&[
        "none", "null", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "absent", "missing", "empty",
        "unset", "set", "present", "required", "optional", "disabled", "enabled", "invalid", "valid", "expired",
        "revoked", "rejected", "denied", "unknown", "ok", "failed", "failure", "success", "n/a", "na", "redacted",
        "masked", "hidden", "removed", "provided", "not", "nan", "incorrect", "wrong", "mismatch", "error",
        "changed", "updated", "loaded", "found", "granted", "refreshed", "rotated", "string", "str", "&str",
        "string?", "option", "secretstring", "zeroizing", "number", "bytes", "bool", "unauthorized", "forbidden",
        "accepted", "verified", "prompt", "interactive", "()", "optional.empty", "optional.empty()", "optional[]",
    ]);
    let inside = value.strip_prefix(b"(").and_then(|rest| rest.strip_suffix(b")"));
    WORDS.have(inside.unwrap_or(value))
        || bytes::starts_with_fold(value, b"option<")
        || bytes::starts_with_fold(value, b"secretbox<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_left_alone() {
        for text in [
            "",
            "***",
            "********",
            "xxxxxxxx",
            "<redacted>",
            "[REDACTED]",
            "[redacted:key]",
            "[FILTERED]",
            "${TOKEN}",
            "$TOKEN",
            "{{ token }}",
            "{token}",
            "%TOKEN%",
            "%s",
            "None",
            "null",
            "true",
            "<your-token>",
            "…",
            "••••",
            "$(cat token)",
            "sk-****abcd",
            "[email:9f2c9f2c9f2c9f2c9f2c9f2c]",
            "[card:…1111]",
            "(known",
        ] {
            assert!(is_placeholder(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn secrets_that_look_a_little_like_one_are_none() {
        for text in ["$ecret", "nonesuch9", "truely1", "hunter2", "redactedpass1", "x", "<a1b2>"] {
            assert!(!is_placeholder(text.as_bytes()), "{text}");
        }
    }
}
