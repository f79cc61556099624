//! Field names that mean a secret: a name goes in, what it would hold comes out.
//!
//! A name is judged by its whole segments, however they are joined: `clientSecret`,
//! `CLIENT_SECRET`, `client-secret` and `client.secret` are one name. The last segment says what
//! the field is, so `token` holds a secret while `token_id` and `tokens_out` do not.

use crate::{
    bytes::{self, LOWER, UPPER},
    words::Words,
};

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
    static FIELDS_ONLY: Words = Words::new(&["otp", "totp", "cvv", "cvc", "pin", "csrf", "xsrf"]);
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
pub(crate) fn classify(name: &[u8]) -> Option<Name> {
    if name.len() > MAX_NAME {
        return None;
    }
    let mut rest = name;
    let mut last = pop_segment(&mut rest)?;
    let mut shows_content = false;
    while is_qualifier(last) {
        shows_content |= CONTENT.have(last);
        last = pop_segment(&mut rest)?;
    }
    let mut earlier = rest;
    let previous = pop_segment(&mut earlier);
    let verdict = |noun, trust| Some(Name { noun, trust, compound: previous.is_some() });
    if let Some(noun) = sure_noun(last, previous) {
        // `token_text` is a piece of a language model's output; `password_text` is a password.
        return if shows_content && noun == Noun::Token {
            None
        } else {
            verdict(noun, Trust::Sure)
        };
    }
    weak_noun(last, previous).and_then(|noun| verdict(noun, Trust::Opaque))
}

/// Takes the last segment off a name; digits at its end do not count.
fn pop_segment<'n>(name: &mut &'n [u8]) -> Option<&'n [u8]> {
    let joins = |byte: &u8| !byte.is_ascii_alphanumeric();
    let end = name.iter().rposition(|byte| byte.is_ascii_alphabetic())? + 1;
    let whole = bytes::between(name, 0, end);
    let mut start = whole.iter().rposition(joins).map_or(0, |join| join + 1);
    for place in (start + 1..end).rev() {
        let (previous, here) = (bytes::at(whole, place - 1), bytes::at(whole, place));
        let humps = bytes::is(here, UPPER) && !bytes::is(previous, UPPER);
        let acronym_ends = bytes::is(here, UPPER)
            && bytes::is(previous, UPPER)
            && bytes::is(bytes::at(whole, place + 1), LOWER);
        if humps || (acronym_ends && place + 1 < end) {
            start = place;
            break;
        }
    }
    *name = bytes::between(whole, 0, start);
    Some(bytes::from(whole, start))
}

fn is_one_of(segment: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| segment.eq_ignore_ascii_case(word.as_bytes()))
}

/// Qualifiers that speak of what is in the field.
static CONTENT: Words =
    Words::new(&["value", "raw", "plain", "plaintext", "data", "content", "hash"]);

/// Segments behind the noun that leave it what it is: `password_confirmation`, `api_key_prod`.
fn is_qualifier(segment: &[u8]) -> bool {
    #[rustfmt::skip]
    static QUALIFIERS: Words = Words::new(&[
        "value", "raw", "plain", "plaintext", "data", "content", "hash", "base", "base64", "b64", "material",
        "confirm", "confirmation", "repeat", "again", "new", "old", "current", "prod", "production", "dev",
        "development", "test", "testing", "staging", "live", "sandbox", "primary", "secondary", "backup", "main",
        "local", "ci",
    ]);
    QUALIFIERS.have(segment)
}

fn sure_noun(last: &[u8], previous: Option<&[u8]>) -> Option<Noun> {
    if is_password(last, previous) {
        return Some(Noun::Password);
    }
    if bytes::ends_with_fold(last, b"secret") {
        return Some(Noun::Secret);
    }
    if is_token(last, previous) {
        return Some(Noun::Token);
    }
    if is_sure_key(last, previous) {
        return Some(Noun::Key);
    }
    static HEADERS: Words = Words::new(&["authorization", "authorisation", "proxyauthorization"]);
    static COOKIES: Words = Words::new(&["cookie", "setcookie"]);
    static CREDENTIALS: Words = Words::new(&["credential", "credentials", "cred", "creds"]);
    static SESSIONS: Words = Words::new(&["phpsessid", "jsessionid", "sessid"]);
    if HEADERS.have(last) {
        return Some(Noun::Authorization);
    }
    if COOKIES.have(last) {
        return Some(Noun::Cookie);
    }
    if CREDENTIALS.have(last) {
        return Some(Noun::Credential);
    }
    let express = last.eq_ignore_ascii_case(b"sid")
        && previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"connect"));
    (express || SESSIONS.have(last)).then_some(Noun::Session)
}

fn is_password(last: &[u8], previous: Option<&[u8]>) -> bool {
    static ENDINGS: Words = Words::new(&[
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "passwort",
        "securestring",
    ]);
    static NO_PASSWORD: Words = Words::new(&[
        "compass",
        "bypass",
        "trespass",
        "surpass",
        "overpass",
        "underpass",
        "encompass",
        "multipass",
        "onepass",
    ]);
    if ENDINGS.end(last) {
        return true;
    }
    if previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"pass"))
        && is_one_of(last, &["phrase", "word", "code", "wd"])
        || last.eq_ignore_ascii_case(b"psk")
        || last.eq_ignore_ascii_case(b"string")
            && previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"secure"))
    {
        return true;
    }
    if last.eq_ignore_ascii_case(b"pw") {
        return previous.is_some();
    }
    bytes::ends_with_fold(last, b"pass") && !NO_PASSWORD.have(last)
}

/// Tokens that are no credentials: units of text, cursors, and handles that cancel things.
fn is_token(last: &[u8], previous: Option<&[u8]>) -> bool {
    #[rustfmt::skip]
    static NO_CREDENTIAL: Words = Words::new(&[
        "eos", "bos", "pad", "unk", "sep", "cls", "mask", "stop", "start", "end", "begin", "special", "next",
        "last", "first", "prev", "previous", "input", "output", "prompt", "completion", "draft", "generated",
        "emitted", "sampled", "sample", "per", "max", "min", "total", "num", "n", "image", "text", "word", "audio",
        "syntax", "unexpected", "expected", "page", "pagination", "continuation", "sync", "cursor", "cancellation",
        "cancel", "shutdown", "idempotency", "fencing", "think", "eot", "eog", "nl", "fim", "control", "forced",
        "decoder", "tool", "placeholder", "lexer", "s",
    ]);
    if is_one_of(last, &["jwt", "bearer"]) {
        return true;
    }
    let Some(glued) = last.len().checked_sub(5).and_then(|head| last.get(..head)) else {
        return false;
    };
    if !bytes::ends_with_fold(last, b"token") || NO_CREDENTIAL.have(glued) {
        return false;
    }
    !glued.is_empty() || !previous.is_some_and(|previous| NO_CREDENTIAL.have(previous))
}

fn is_sure_key(last: &[u8], previous: Option<&[u8]>) -> bool {
    static GLUED: Words = Words::new(&[
        "apikey",
        "secretkey",
        "accesskey",
        "privatekey",
        "authkey",
        "encryptionkey",
        "signingkey",
        "masterkey",
        "licensekey",
    ]);
    #[rustfmt::skip]
    static BEFORE: Words = Words::new(&[
        "secret", "private", "access", "auth", "authentication", "encryption", "decryption", "signing", "master",
        "hmac", "aes", "preshared", "unseal", "account", "license", "licence", "subscription",
    ]);
    if GLUED.end(last) {
        return true;
    }
    last.eq_ignore_ascii_case(b"key")
        && previous.is_some_and(|previous| {
            BEFORE.have(previous) || bytes::ends_with_fold(previous, b"api")
        })
}

/// Names that mean a secret only where the value looks like one.
fn weak_noun(last: &[u8], previous: Option<&[u8]>) -> Option<Noun> {
    #[rustfmt::skip]
    static PUBLIC_KEYS: Words = Words::new(&[
        "public", "pub", "cache", "sort", "partition", "primary", "foreign", "idempotency", "dedup", "dedupe",
        "routing", "row", "shard", "index", "object", "group", "range", "hash", "lookup", "record", "registry",
        "unique", "natural", "composite", "message", "event", "s3", "bucket", "file", "path", "translation", "i18n",
        "locale", "lang", "config", "property", "attribute", "feature", "flag", "metric", "label", "tag", "map",
        "dict", "json", "field", "column", "host", "known", "correlation", "request", "trace", "tenant", "job",
        "task", "queue", "topic", "kafka", "redis", "lock", "resource", "search", "issue", "project", "block",
        "blob",
    ]);
    if last.eq_ignore_ascii_case(b"key") {
        return previous.filter(|previous| !PUBLIC_KEYS.have(previous)).map(|_| Noun::Key);
    }
    if is_one_of(last, &["auth", "authentication"]) {
        return Some(Noun::Authorization);
    }
    if last.eq_ignore_ascii_case(b"session") {
        return previous.map(|_| Noun::Session);
    }
    let saml = previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"saml"));
    if saml && is_one_of(last, &["response", "assertion"]) {
        return Some(Noun::Token);
    }
    if is_one_of(last, &["signature", "sig", "csrf", "xsrf"]) {
        return Some(Noun::Signature);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_however_they_are_joined() {
        for name in [
            "password",
            "PASSWORD",
            "db_password",
            "PGPASSWORD",
            "userPassword",
            "Pwd",
            "passphrase",
            "client_secret",
            "clientSecret",
            "CLIENT-SECRET",
            "token",
            "hf_token",
            "HF_TOKEN",
            "accessToken",
            "x-auth-token",
            "refresh.token",
            "csrftoken",
            "api_key",
            "apikey",
            "X-Api-Key",
            "OPENAI_API_KEY",
            "fbApiKey",
            "APIKey",
            "slapi_key",
            "private_key",
            "aws_secret_access_key",
            "secret_key",
            "authorization",
            "Proxy-Authorization",
            "cookie",
            "Set-Cookie",
            "credentials",
            "session_token",
            "user_token1",
            "password2",
            "API_KEY_PROD",
            "secret_key_base",
            "password_confirmation",
            "db_pass",
            "llama_pw",
            "jwt",
            "otp",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_sound_secret_are_not() {
        for name in [
            "tokens",
            "tokens_in",
            "tokens_out",
            "token_id",
            "token_count",
            "max_tokens",
            "eos_token",
            "eos_token_id",
            "next_token",
            "nextPageToken",
            "last_token",
            "cancellation_token",
            "tokenizer",
            "token_type",
            "token_text",
            "token_value",
            "key",
            "key_id",
            "public_key",
            "cache_key",
            "sort_key",
            "sortKey",
            "partition_key",
            "primary_key",
            "idempotency_key",
            "session_id",
            "correlation_id",
            "session",
            "sessionId",
            "password_policy",
            "passwordless",
            "passes",
            "pass",
            "passed",
            "bypass",
            "author",
            "authored_by",
            "auth_type",
            "authorization_mode",
            "secret_ref",
            "secret_name",
            "secrets",
            "credential_type",
            "client_secret_present",
            "private_key_path",
            "cookies",
            "cookie_count",
            "keyspace",
            "monkey",
            "pool_key",
            "user",
            "",
            "_",
            "1",
            "secretary",
            "tokio",
        ] {
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
