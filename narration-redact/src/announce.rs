//! Texts that announce a secret: the literal text before a placeholder goes in, yes or no comes out.

use crate::{
    bytes::{self, ALNUM, NAME, at, before, between},
    names::{self, Noun, Trust},
};

/// Whether a literal text ends so that whatever follows it is a secret, as `password=` does.
///
/// ```
/// use narration_redact::announces_secret;
///
/// assert!(announces_secret("Authorization: Bearer "));
/// assert!(announces_secret("calling with api_key: "));
/// assert!(!announces_secret("last token: "));
/// ```
#[must_use]
pub fn announces_secret(literal_before: &str) -> bool {
    let text = literal_before.as_bytes();
    let opened = trim_openers(text);
    let blank = trim_blanks(text, opened);
    let end = trim_operator(text, blank);
    if end < blank {
        return named(text, end, at(text, end));
    }
    if opened == text.len() && blank == opened {
        return false;
    }
    ends_in_scheme(text, blank)
        || ends_in_flag(text, blank)
        || says(text, blank)
        || ends_in_password(text, blank)
}

/// The quotes and wrappers that open a value stand between the name and the placeholder.
fn trim_openers(text: &[u8]) -> usize {
    let mut end = text.len();
    while end > 0 && matches!(at(text, end - 1), b'"' | b'\'' | b'`' | b'\\' | b'[') {
        end -= 1;
    }
    if end > 0 && at(text, end - 1) == b'(' {
        end = bytes::run_start(text, end - 1, 24, ALNUM);
    }
    end
}

fn trim_blanks(text: &[u8], mut end: usize) -> usize {
    loop {
        let head = between(text, 0, end);
        if head.last().is_some_and(u8::is_ascii_whitespace) {
            end -= 1;
        } else if head.ends_with("\u{a0}".as_bytes()) {
            end -= 2;
        } else {
            return end;
        }
    }
}

fn trim_operator(text: &[u8], end: usize) -> usize {
    let head = between(text, 0, end);
    if bytes::ends_with_fold(head, b"%3d") || bytes::ends_with_fold(head, b"%3a") {
        return end - 3;
    }
    if head.ends_with(b"->") {
        return end - 2;
    }
    end - head.iter().rev().take(3).take_while(|byte| matches!(byte, b'=' | b':' | b'>')).count()
}

/// Whether the name before an operator means a secret.
fn named(text: &[u8], operator: usize, sign: u8) -> bool {
    let mut end = trim_blanks(text, operator);
    while end > 0 && matches!(at(text, end - 1), b'"' | b'\'' | b'`' | b'\\' | b']' | b'*') {
        end -= 1;
    }
    let start = bytes::run_start(text, end, 96, NAME);
    let letters = between(text, start, end);
    if letters.eq_ignore_ascii_case(b"key") && before(text, start) == b' ' {
        let first = bytes::run_start(text, start - 1, 16, ALNUM);
        return ["api", "access", "secret", "private", "auth", "encryption", "signing"]
            .iter()
            .any(|kind| between(text, first, start - 1).eq_ignore_ascii_case(kind.as_bytes()));
    }
    let in_query = matches!(before(text, start), b'?' | b'&') && sign == b'=';
    if in_query && [&b"sig"[..], b"signature"].iter().any(|name| letters.eq_ignore_ascii_case(name))
    {
        return true;
    }
    let Some(name) = names::classify(letters).filter(|name| name.trust == Trust::Sure) else {
        return false;
    };
    // "last token: 42" speaks of a unit of text, "Authorization token: …" of a credential.
    let in_prose =
        sign == b':' && before(text, start) == b' ' && before(text, start - 1).is_ascii_lowercase();
    !(in_prose
        && !name.compound
        && matches!(name.noun, Noun::Token | Noun::Secret | Noun::Credential))
}

/// `Bearer `, `Basic `, and any scheme behind an `Authorization` header's colon.
fn ends_in_scheme(text: &[u8], end: usize) -> bool {
    let start = bytes::run_start(text, end, 24, ALNUM | bytes::DASH);
    let word = between(text, start, end);
    if word.eq_ignore_ascii_case(b"bearer") || word == b"Basic" {
        return true;
    }
    let colon = trim_blanks(text, start);
    let known = ["basic", "token", "apikey", "digest", "negotiate", "bot", "key", "hawk", "oauth"];
    known.iter().any(|scheme| word.eq_ignore_ascii_case(scheme.as_bytes()))
        && at(text, colon.wrapping_sub(1)) == b':'
        && named(text, colon - 1, b':')
}

/// `--token `, `--password `.
fn ends_in_flag(text: &[u8], end: usize) -> bool {
    let start = bytes::run_start(text, end, 96, NAME);
    let flag = between(text, start, end);
    flag.starts_with(b"--") && names::classify(flag).is_some_and(|name| name.trust == Trust::Sure)
}

/// `the password is `.
fn says(text: &[u8], end: usize) -> bool {
    let head = between(text, 0, end);
    ["is", "was", "set to", "changed to", "equals"].iter().any(|verb| {
        let Some(name) = head.strip_suffix(verb.as_bytes()) else { return false };
        let name_end = trim_blanks(text, name.len());
        let start = bytes::run_start(text, name_end, 96, NAME);
        let found = names::classify(between(text, start, name_end));
        name_end < name.len() && found.is_some_and(|found| found.noun == Noun::Password)
    })
}

/// `with password `: whatever was chosen as one looks like any word, so that the value by itself
/// tells nothing.
fn ends_in_password(text: &[u8], end: usize) -> bool {
    let start = bytes::run_start(text, end, 96, NAME);
    let word = between(text, start, end);
    let pass = word.eq_ignore_ascii_case(b"pass");
    !pass && names::classify(word).is_some_and(|name| name.noun == Noun::Password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_a_secret() {
        for text in [
            "password=",
            "password = ",
            "login with password: ",
            "Authorization: Bearer ",
            "authorization: Token ",
            "Bearer ",
            "Basic ",
            "api_key: ",
            "API key: ",
            "x-api-key: ",
            "--token ",
            "run --api-key=",
            "\"secret\":\"",
            "\"secret\": \"",
            "{\\\"token\\\":\\\"",
            "client_secret => '",
            "hf_token=",
            "token=",
            "Cookie: ",
            "api_key: Some(\"",
            "the password is ",
            "the password is '",
            "redirect=x%3Ftoken%3D",
            "token: ",
            "password -> ",
            "password=\u{a0}",
            "logging in eve with password ",
            "https://cdn.example/a?sig=",
            "a?x=1&signature=",
        ] {
            assert!(announces_secret(text), "{text}");
        }
    }

    #[test]
    fn what_follows_is_no_secret() {
        for text in [
            "",
            "tokens: ",
            "token_id=",
            "last token: ",
            "eos_token=",
            "decoded token ",
            "the bearer of ",
            "token ",
            "password reset for ",
            "key: ",
            "cache_key=",
            "public_key: ",
            "session_id=",
            "basic ",
            "correlation_id: ",
            "http://localhost:",
            "user: ",
            "\"",
            " ",
            "=",
            ": ",
            "secret_name=",
            "max_tokens = ",
            "--tokens ",
            "in pass ",
            "passed ",
            "signature=",
            "from a -> ",
        ] {
            assert!(!announces_secret(text), "{text}");
        }
    }
}
