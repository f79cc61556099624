//! Sentences about secrets: the place beside a name or a value goes in, whether it reads as prose
//! comes out.

use crate::{
    bytes::{self, ALNUM, DOT, at, before, between, from},
    words::Words,
};

/// Whether a sentence goes on behind a place.
pub(super) fn follows(text: &[u8], end: usize) -> bool {
    let word = bytes::skip_blanks(text, end);
    let word_end = word
        + from(text, word).iter().take(20).take_while(|byte| byte.is_ascii_lowercase()).count();
    word > end && word_end > word && !matches!(at(text, word_end), b'=' | b':' | b'_' | b'"')
}

/// Whether a sentence leads to a place.
pub(super) fn precedes(text: &[u8], start: usize) -> bool {
    let word_end = start.saturating_sub(1);
    before(text, start) == b' ' && before(text, word_end).is_ascii_lowercase()
}

/// Words that follow a flag's name in a sentence about it.
pub(super) fn is_function_word(value: &[u8]) -> bool {
    static WORDS: Words = Words::new(&[
        "to", "is", "and", "or", "for", "with", "from", "flag", "option", "must", "was", "not",
        "argument", "value", "in", "if", "when", "requires", "needs", "has", "can", "should",
        "are", "on", "as", "given", "missing", "the", "instead", "of",
    ]);
    WORDS.have(value)
}

/// What a sentence may say behind the word password: a method, a version, a date, an address.
pub(super) fn is_readable(value: &[u8]) -> bool {
    const METHODS: [&str; 12] = [
        "sha", "md5", "base64", "bcrypt", "argon2", "utf", "pbkdf2", "ed25519", "x509", "oauth2",
        "http", "scrypt",
    ];
    METHODS.iter().any(|method| bytes::starts_with_fold(value, method.as_bytes()))
        || value.contains(&b'(')
        || is_version(value)
        || is_date(value)
        || is_address(value)
}

fn is_version(value: &[u8]) -> bool {
    let bare = value.strip_prefix(b"v").unwrap_or(value);
    bare.first().is_some_and(u8::is_ascii_digit)
        && bare.contains(&b'.')
        && bare.split(|&byte| byte == b'.').take(2).all(|part| part.iter().all(u8::is_ascii_digit))
}

fn is_date(value: &[u8]) -> bool {
    value.len() >= 10
        && value.iter().take(10).enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn is_address(value: &[u8]) -> bool {
    let sign = value.iter().position(|&byte| byte == b'@');
    sign.is_some_and(|sign| {
        let host = from(value, sign + 1);
        host.contains(&b'.') && host.iter().all(|&byte| bytes::is(byte, ALNUM | DOT | bytes::DASH))
    })
}

/// `resume token`, `next token`: what goes on where another answer ended.
pub(super) fn speaks_of_a_cursor(text: &[u8], start: usize) -> bool {
    static CURSORS: Words = Words::new(&[
        "next",
        "page",
        "pagination",
        "resume",
        "continuation",
        "sync",
        "cursor",
        "last",
        "first",
        "cancellation",
        "idempotency",
        "fencing",
        "stop",
        "eos",
        "bos",
        "special",
        "unexpected",
        "previous",
        "lock",
        "lease",
        "change",
        "snapshot",
        "commit",
        "dedup",
        "request",
        "trace",
    ]);
    let word_end = start.saturating_sub(1);
    CURSORS.have(between(text, bytes::run_start(text, word_end, 16, ALNUM), word_end))
}

/// The verbs by which a sentence says what a secret is, right behind its name.
const VERBS: [&[u8]; 21] = [
    b"is set to ",
    b"is now ",
    b"is: ",
    b"is ",
    b"has been set to ",
    b"has been created: ",
    b"has been reset to ",
    b"was set to ",
    b"was: ",
    b"was ",
    b"set to ",
    b"reset to ",
    b"changed to ",
    b"changed from ",
    b"from ",
    b"equals ",
    b"to be ",
    b"provided: ",
    b"supplied: ",
    b"received: ",
    b"attempt ",
];

/// Behind the words by which a sentence says what a secret is: `is`, `for joe is`,
/// `is generated for joe:`. The same place if it says nothing.
pub(super) fn says(text: &[u8], place: usize) -> usize {
    let verb = behind_verb(text, place);
    if let Some(whom) = behind_whom(text, place) {
        let colon = at(text, whom) == b':' && at(text, whom + 1) == b' ';
        let said =
            if colon { Some(whom + 2) } else { behind_verb(text, bytes::skip_blanks(text, whom)) };
        return said.map_or(place, |said| bytes::skip_blanks(text, said));
    }
    verb.map_or(place, |said| bytes::skip_blanks(text, said))
}

fn behind_verb(text: &[u8], place: usize) -> Option<usize> {
    let rest = from(text, place);
    if bytes::starts_with_fold(rest, b"to ") && !bytes::starts_with_fold(rest, b"to be ") {
        // `set the password to proceed` says no password, `set the password to 4-proceed` does.
        let rest = from(rest, 3);
        let len = rest.iter().take(MAX_WHOM).take_while(|byte| **byte > b' ').count();
        let word = between(rest, 0, len);
        let odd = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'"' | b'\'' | b'`');
        // A sign amid letters is none that ends a sentence.
        let amid = |pair: &[u8]| matches!(pair, [b'!' | b'#' | b'$' | b'%' | b'^' | b'*' | b'@', next] if next.is_ascii_alphanumeric());
        return (word.iter().any(odd) || word.windows(2).any(amid)).then_some(place + 3);
    }
    VERBS.iter().find(|verb| bytes::starts_with_fold(rest, verb)).map(|verb| place + verb.len())
}

/// `for joe`, `for user 'joe'`, `of the admin user`, `is generated for root@localhost`.
fn behind_whom(text: &[u8], place: usize) -> Option<usize> {
    const OPENERS: [&[u8]; 4] = [b"is generated for ", b"generated for ", b"for ", b"of "];
    const TITLES: [&[u8]; 12] = [
        b"the ",
        b"db ",
        b"new ",
        b"user ",
        b"account ",
        b"client ",
        b"device ",
        b"tenant ",
        b"role ",
        b"service ",
        b"login ",
        b"database ",
    ];
    let rest = from(text, place);
    let opener = OPENERS.iter().find(|opener| bytes::starts_with_fold(rest, opener))?;
    let mut whom = place + opener.len();
    for _ in 0..3 {
        let title = TITLES.iter().find(|title| bytes::starts_with_fold(from(text, whom), title));
        whom += title.map_or(0, |title| title.len());
    }
    let len = from(text, whom).iter().take(MAX_WHOM).position(|byte| *byte <= b' ')?;
    let end = whom + len;
    let end = if before(text, end) == b':' { end - 1 } else { end };
    (end > whom).then_some(end)
}

/// How long a name may be in a sentence.
const MAX_WHOM: usize = 64;

/// The line behind the colon that ends a clause about a password, which only empty ones part from
/// it: `use this password to proceed:`. The same line, where the clause is of the following one.
pub(super) fn behind_clause(text: &[u8], name_end: usize, place: usize) -> Option<usize> {
    const MAX_CLAUSE: usize = 64;
    let near = between(text, place, (place + MAX_CLAUSE).min(text.len()));
    let colon = near.iter().position(|&byte| matches!(byte, b':' | b'\n' | b'"' | b'=' | b'{'))?;
    let behind = place + colon + 1;
    let signs = from(text, behind).iter().take(16);
    let end = behind + signs.take_while(|byte| matches!(byte, b' ' | b'\r' | b'\n')).count();
    let name = bytes::run_start(text, name_end, MAX_WHOM, ALNUM);
    let following = || end > behind && between(text, 0, name).ends_with(b"following ");
    let leads = between(text, behind, end).contains(&b'\n') || following();
    (at(near, colon) == b':' && leads).then_some(end)
}
