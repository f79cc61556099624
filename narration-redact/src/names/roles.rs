//! The words that names are made of: a word goes in, what it may be in a name comes out, at one look
//! into a table that the compiler fills.

use super::segment::Folded;

/// What a word may be, as bits.
pub(super) type Roles = u16;

/// Behind the noun, and leaves it what it is: `password_confirmation`, `api_key_prod`.
pub(super) const QUALIFIER: Roles = 1;
/// A qualifier that speaks of what is in the field.
pub(super) const CONTENT: Roles = 1 << 1;
/// A password by itself.
pub(super) const PASSWORD: Roles = 1 << 2;
/// Behind `pass`, a password: `pass_phrase`.
pub(super) const AFTER_PASS: Roles = 1 << 3;
/// Ends with `pass` and has nothing to do with one.
pub(super) const NO_PASSWORD: Roles = 1 << 4;
/// Before `token`, no credential: a unit of text, a cursor, a handle that cancels things.
pub(super) const NO_CREDENTIAL: Roles = 1 << 5;
/// Before `key`, a secret key whatever its value looks like.
pub(super) const SECRET_KEY: Roles = 1 << 6;
/// Before `key`, no secret at all.
pub(super) const PUBLIC_KEY: Roles = 1 << 7;
/// A token by itself.
pub(super) const TOKEN: Roles = 1 << 8;
/// The header with the credentials.
pub(super) const AUTHORIZATION: Roles = 1 << 9;
/// A cookie.
pub(super) const COOKIE: Roles = 1 << 10;
/// Credentials of any kind.
pub(super) const CREDENTIAL: Roles = 1 << 11;
/// A code that holds once.
pub(super) const CODE: Roles = 1 << 12;
/// A session's identifier.
pub(super) const SESSION: Roles = 1 << 13;
/// A signature, where the value looks like one.
pub(super) const SIGNATURE: Roles = 1 << 14;
/// What is to prove who one is, where the value looks like it.
pub(super) const PROOF: Roles = 1 << 15;

/// The words by what they may be; a word with more than one role is in more than one list.
#[rustfmt::skip]
const WORDS: [(Roles, &[&str]); 16] = [
    (QUALIFIER, &[
        "value", "raw", "plain", "plaintext", "data", "content", "hash", "base", "base64", "b64", "material",
        "confirm", "confirmation", "repeat", "again", "new", "old", "current", "prod", "production", "dev",
        "development", "test", "testing", "staging", "live", "sandbox", "primary", "secondary", "backup", "main",
        "local", "ci", "private",
    ]),
    (CONTENT, &["value", "raw", "plain", "plaintext", "data", "content", "hash"]),
    (PASSWORD, &[
        "password", "passwd", "passphrase", "passcode", "pwd", "passwort", "masterauth", "rootpw", "bindpw",
        "securestring", "psk", "pswd",
    ]),
    (AFTER_PASS, &["phrase", "word", "code", "wd"]),
    (NO_PASSWORD, &[
        "compass", "bypass", "trespass", "surpass", "overpass", "underpass", "encompass", "multipass", "onepass",
    ]),
    (NO_CREDENTIAL, &[
        "eos", "bos", "pad", "unk", "sep", "cls", "mask", "stop", "start", "end", "begin", "special", "next",
        "last", "first", "prev", "previous", "input", "output", "prompt", "completion", "draft", "generated",
        "emitted", "sampled", "sample", "per", "max", "min", "total", "num", "n", "image", "text", "word", "audio",
        "syntax", "unexpected", "expected", "page", "pagination", "continuation", "sync", "cursor", "cancellation",
        "cancel", "shutdown", "idempotency", "fencing", "think", "eot", "eog", "nl", "fim", "control", "forced",
        "decoder", "tool", "placeholder", "lexer", "s", "jsonweb",
    ]),
    (SECRET_KEY, &[
        "secret", "private", "access", "auth", "authentication", "encryption", "decryption", "signing", "master",
        "hmac", "aes", "preshared", "shared", "unseal", "account", "license", "licence", "subscription",
    ]),
    (PUBLIC_KEY, &[
        "public", "pub", "cache", "sort", "partition", "primary", "foreign", "idempotency", "dedup", "dedupe",
        "routing", "row", "shard", "index", "object", "group", "range", "hash", "lookup", "record", "registry",
        "unique", "natural", "composite", "message", "event", "s3", "bucket", "file", "path", "translation", "i18n",
        "locale", "lang", "config", "property", "attribute", "feature", "flag", "metric", "label", "tag", "map",
        "dict", "json", "field", "column", "host", "known", "correlation", "request", "trace", "tenant", "job",
        "task", "queue", "topic", "kafka", "redis", "lock", "resource", "search", "issue", "project", "block",
        "blob", "websocket", "s", "etcd", "consul", "kv", "storage", "store", "entity", "document", "item", "state",
        "view", "chunk", "part", "node", "cluster", "namespace", "build", "artifact", "ring", "aggregate", "workflow",
        "process", "business", "external", "surrogate", "limit", "throttle", "memo", "query", "memcached",
    ]),
    (TOKEN, &["jwt", "bearer"]),
    (AUTHORIZATION, &["authorization", "authorisation", "proxyauthorization"]),
    (COOKIE, &["cookie", "setcookie"]),
    (CREDENTIAL, &["credential", "credentials", "cred", "creds"]),
    (CODE, &["otp", "totp", "cvv", "cvc", "pin"]),
    (SESSION, &["phpsessid", "jsessionid", "sessid"]),
    (SIGNATURE, &["signature", "sig", "csrf", "xsrf", "crumb"]),
    (PROOF, &["auth", "authentication", "aspxauth"]),
];

/// A word and what it may be; no word at all may be nothing.
#[derive(Clone, Copy)]
struct Entry {
    word: Folded,
    roles: Roles,
}

/// How many entries there is room for: enough that most words stand where they are looked for first.
const SLOTS: usize = 512;

static TABLE: [Entry; SLOTS] = filled();

const fn filled() -> [Entry; SLOTS] {
    let mut table = [Entry { word: Folded::new(&[]), roles: 0 }; SLOTS];
    let mut list = 0;
    while list < WORDS.len() {
        let (roles, words) = WORDS[list];
        let mut index = 0;
        while index < words.len() {
            let word = Folded::new(words[index].as_bytes());
            let place = place_of(&table, word);
            table[place].word = word;
            table[place].roles |= roles;
            index += 1;
        }
        list += 1;
    }
    table
}

/// Where a word stands in the table, or would.
const fn place_of(table: &[Entry; SLOTS], word: Folded) -> usize {
    let mut place = word.hash() as usize % SLOTS;
    loop {
        let Entry { word: known, roles } = table[place];
        if roles == 0 || known.is(word) {
            return place;
        }
        place = (place + 1) % SLOTS;
    }
}

/// What a word may be in a name.
#[inline]
pub(super) fn of(word: Folded) -> Roles {
    TABLE[place_of(&TABLE, word)].roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_roles_in_any_case_and_others_have_none() {
        for (roles, words) in WORDS {
            for word in words {
                for word in [(*word).to_owned(), word.to_uppercase()] {
                    assert_eq!(of(Folded::new(word.as_bytes())) & roles, roles, "{word}");
                    let longer = format!("{word}q");
                    assert_eq!(of(Folded::new(longer.as_bytes())), 0, "{longer}");
                }
            }
        }
        assert_eq!(of(Folded::new(b"")), 0);
    }
}
