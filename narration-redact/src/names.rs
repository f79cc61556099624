//! Field names that mean a secret: a name goes in, what it would hold comes out.
//!
//! A name is judged by its whole segments, however they are joined: `clientSecret`,
//! `CLIENT_SECRET`, `client-secret` and `client.secret` are one name. The last segment says what
//! the field is, so `token` holds a secret while `token_id` and `tokens_out` do not.

mod nouns;
mod roles;
mod segment;
mod whole;

use self::{
    nouns::{sure_noun, weak_noun},
    roles::{CONTENT, QUALIFIER},
    segment::Segment,
};
use crate::{bytes::between, words::Words};

/// What a secret-bearing name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    Password,
    Secret,
    Token,
    Key,
    Authorization,
    Cookie,
    Credential,
    Session,
    Signature,
    /// A code that holds once, or a card's number: `otp`, `pin`, `cvv`.
    Code,
}

/// How far the name alone can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Whatever stands there is a secret.
    Sure,
    /// Only a value that looks opaque is one: `mapquest_key`, `signature`, `auth`.
    Opaque,
}

/// The verdict on a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) noun: Noun,
    pub(crate) trust: Trust,
    /// Whether the name is more than the noun alone: `db_password`, not `password`.
    pub(crate) compound: bool,
}

/// Whether a field of this name holds a secret, judged by its whole segments.
///
/// ```
/// use narration_redact::is_secret_name;
///
/// assert!(is_secret_name("refreshToken"));
/// assert!(is_secret_name("X-Api-Key"));
/// assert!(!is_secret_name("tokens_out"));
/// assert!(!is_secret_name("idempotency_key"));
/// ```
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    static FIELDS_ONLY: Words = Words::new(&["csrf", "xsrf"]);
    let bytes = name.as_bytes();
    if FIELDS_ONLY.have(bytes) {
        return true;
    }
    classify(bytes)
        .is_some_and(|found| found.trust == Trust::Sure && !bytes.eq_ignore_ascii_case(b"pass"))
}

/// Names longer than this are no names but data that happens to look like one.
const MAX_NAME: usize = 96;

/// What a name holds, if it means a secret at all.
#[inline]
pub(crate) fn classify(name: &[u8]) -> Option<Name> {
    whole::name(name).or_else(|| by_segments(name))
}

/// The same by the name's segments.
fn by_segments(name: &[u8]) -> Option<Name> {
    if name.len() > MAX_NAME {
        return None;
    }
    let mut rest = name;
    let mut whole = rest;
    let mut last = Segment::pop(&mut rest)?;
    let mut roles = last.roles();
    let (mut shows_content, mut is_digest) = (false, false);
    while roles & QUALIFIER != 0 {
        shows_content |= roles & CONTENT != 0;
        is_digest |= last.is(b"hash");
        whole = rest;
        last = Segment::pop(&mut rest)?;
        roles = last.roles();
    }
    let whole = between(whole, 0, rest.len() + last.letters.len());
    let previous = Segment::pop(&mut rest);
    let verdict = |noun, trust| Some(Name { noun, trust, compound: previous.is_some() });
    match sure_noun(last, roles, previous, whole) {
        // `token_value` may be a piece of a language model's output; `password_value` is a password.
        Some(Noun::Token) if is_digest => None,
        Some(Noun::Token) if shows_content => verdict(Noun::Token, Trust::Opaque),
        Some(noun) => verdict(noun, Trust::Sure),
        None if is_key_of_a_cloud(last, previous, rest) => verdict(Noun::Key, Trust::Opaque),
        None => weak_noun(last, roles, previous).and_then(|noun| verdict(noun, Trust::Opaque)),
    }
}

/// `AZURE_STORAGE_KEY` opens a storage, where any other `storage_key` names something in it; the same
/// goes for a search.
fn is_key_of_a_cloud(last: Segment<'_>, previous: Option<Segment<'_>>, rest: &[u8]) -> bool {
    let mut rest = rest;
    last.is(b"key")
        && previous.is_some_and(|previous| previous.is(b"storage") || previous.is(b"search"))
        && Segment::pop(&mut rest).is_some_and(|cloud| cloud.is(b"azure"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of secrets, joined in all the ways that programs join them.
    #[rustfmt::skip]
    const SECRET: [&str; 42] = [
        "password", "PASSWORD", "db_password", "PGPASSWORD", "userPassword", "Pwd", "passphrase",
        "client_secret", "clientSecret", "CLIENT-SECRET", "token", "hf_token", "HF_TOKEN",
        "accessToken", "x-auth-token", "refresh.token", "csrftoken", "api_key", "apikey",
        "X-Api-Key", "OPENAI_API_KEY", "fbApiKey", "APIKey", "slapi_key", "private_key",
        "aws_secret_access_key", "secret_key", "authorization", "Proxy-Authorization", "cookie",
        "Set-Cookie", "credentials", "session_token", "user_token1", "password2", "API_KEY_PROD",
        "secret_key_base", "password_confirmation", "db_pass", "llama_pw", "jwt", "otp",
    ];

    /// Names with a secret's word in them that hold none.
    #[rustfmt::skip]
    const HARMLESS: [&str; 56] = [
        "tokens", "tokens_in", "tokens_out", "token_id", "token_count", "max_tokens", "eos_token",
        "eos_token_id", "next_token", "nextPageToken", "last_token", "cancellation_token",
        "tokenizer", "token_type", "token_text", "token_value", "key", "key_id", "public_key",
        "cache_key", "sort_key", "sortKey", "partition_key", "primary_key", "idempotency_key",
        "session_id", "correlation_id", "session", "sessionId", "password_policy", "passwordless",
        "passes", "pass", "passed", "bypass", "author", "authored_by", "auth_type",
        "authorization_mode", "secret_ref", "secret_name", "secrets", "credential_type",
        "client_secret_present", "private_key_path", "cookies", "cookie_count", "keyspace",
        "monkey", "pool_key", "user", "", "_", "1", "secretary", "tokio",
    ];

    #[test]
    fn names_of_secrets_are_known_however_they_are_joined() {
        for name in SECRET {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_sound_secret_are_not() {
        for name in HARMLESS {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn a_vendors_key_counts_only_with_an_opaque_value() {
        let mapquest = classify(b"mapquest_key").unwrap();
        assert_eq!((mapquest.noun, mapquest.trust), (Noun::Key, Trust::Opaque));
        assert_eq!(classify(b"key"), None);
        assert_eq!(classify(b"sort_key"), None);
        assert!(classify(&[b'a'; 200]).is_none());
    }
}
