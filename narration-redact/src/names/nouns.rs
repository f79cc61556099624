//! The words that names of secrets are made of: a name's last segments go in, what they speak of
//! comes out.

use super::Noun;
use crate::{bytes, words::Words};

fn is_one_of(segment: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| segment.eq_ignore_ascii_case(word.as_bytes()))
}

/// Qualifiers that speak of what is in the field.
pub(super) static CONTENT: Words =
    Words::new(&["value", "raw", "plain", "plaintext", "data", "content", "hash"]);

/// Segments behind the noun that leave it what it is: `password_confirmation`, `api_key_prod`.
pub(super) fn is_qualifier(segment: &[u8]) -> bool {
    #[rustfmt::skip]
    static QUALIFIERS: Words = Words::new(&[
        "value", "raw", "plain", "plaintext", "data", "content", "hash", "base", "base64", "b64", "material",
        "confirm", "confirmation", "repeat", "again", "new", "old", "current", "prod", "production", "dev",
        "development", "test", "testing", "staging", "live", "sandbox", "primary", "secondary", "backup", "main",
        "local", "ci", "private",
    ]);
    QUALIFIERS.have(segment)
}

pub(super) fn sure_noun(last: &[u8], previous: Option<&[u8]>) -> Option<Noun> {
    if is_password(last, previous) {
        return Some(Noun::Password);
    }
    if bytes::ends_with_fold(last, b"secret") {
        // `existingSecret: db-credentials` names one that is kept elsewhere.
        let named = previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"existing"));
        return (!named).then_some(Noun::Secret);
    }
    let of_a_secret = previous.is_some_and(|previous| previous.eq_ignore_ascii_case(b"secret"));
    if of_a_secret && last.eq_ignore_ascii_case(b"string") {
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
    static CODES: Words = Words::new(&["otp", "totp", "cvv", "cvc", "pin"]);
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
    let lone_pin = previous.is_none() || !last.eq_ignore_ascii_case(b"pin");
    if CODES.have(last) && lone_pin {
        return Some(Noun::Code);
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
        "masterauth",
        "rootpw",
        "bindpw",
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
        "hmac", "aes", "preshared", "shared", "unseal", "account", "license", "licence", "subscription",
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
pub(super) fn weak_noun(last: &[u8], previous: Option<&[u8]>) -> Option<Noun> {
    #[rustfmt::skip]
    static PUBLIC_KEYS: Words = Words::new(&[
        "public", "pub", "cache", "sort", "partition", "primary", "foreign", "idempotency", "dedup", "dedupe",
        "routing", "row", "shard", "index", "object", "group", "range", "hash", "lookup", "record", "registry",
        "unique", "natural", "composite", "message", "event", "s3", "bucket", "file", "path", "translation", "i18n",
        "locale", "lang", "config", "property", "attribute", "feature", "flag", "metric", "label", "tag", "map",
        "dict", "json", "field", "column", "host", "known", "correlation", "request", "trace", "tenant", "job",
        "task", "queue", "topic", "kafka", "redis", "lock", "resource", "search", "issue", "project", "block",
        "blob", "websocket",
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
    if last.eq_ignore_ascii_case(b"pat") {
        return previous.map(|_| Noun::Token);
    }
    if is_one_of(last, &["signature", "sig", "csrf", "xsrf"]) {
        return Some(Noun::Signature);
    }
    None
}
