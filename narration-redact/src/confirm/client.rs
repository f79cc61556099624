//! Clients that take a password by a short flag: the place of a client's name goes in, the password
//! behind its flag comes out.

use super::{
    Memory, command, dsn,
    joint::{self, Joint},
    placeholder, shapes,
    value::{self, Surroundings},
};
use crate::{
    bytes::{self, NAME, at, before, between, from},
    scan::Found,
};

/// How many bytes of a command are looked at.
const MAX_COMMAND: usize = 512;

/// How a flag holds its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `-pvalue`
    Glued,
    /// `-p value`
    Apart,
    /// `-U user%value`
    Percent,
    /// `user/value@database`, without a flag
    Login,
    /// `set name address key value`
    Store,
}

/// What a client's name starts with, its flag, and how that holds the password.
const CLIENTS: [(&str, &[u8], Form); 17] = [
    ("mysql", b"-p", Form::Glued),
    ("mariadb", b"-p", Form::Glued),
    ("redis-cli", b"-a", Form::Apart),
    ("mongo", b"-p", Form::Apart),
    ("ldap", b"-w", Form::Apart),
    ("smbclient", b"-U", Form::Percent),
    ("login", b"-p", Form::Apart),
    ("unlock-keychain", b"-p", Form::Apart),
    ("zip", b"-P", Form::Apart),
    ("7z", b"-p", Form::Glued),
    ("openssl", b"-k", Form::Apart),
    ("sqlplus", b" ", Form::Login),
    ("sqlldr", b" ", Form::Login),
    ("expdp", b" ", Form::Login),
    ("impdp", b" ", Form::Login),
    ("codecov", b"-t", Form::Apart),
    ("alias", b" ", Form::Store),
];

/// The password in the command that a client's name starts.
pub(super) fn password(text: &[u8], start: usize, memory: &Memory) -> Option<Found> {
    let name_end = bytes::run_end(text, start, NAME);
    let (_, flag, form) = CLIENTS.iter().find(|(client, ..)| {
        bytes::starts_with_fold(between(text, start, name_end), client.as_bytes())
    })?;
    // What a secret was cut off from starts a word, as it will beside the secret's marker.
    let inside = start > memory.done && bytes::is(before(text, start), NAME);
    if inside || at(text, name_end) != b' ' {
        return None;
    }
    if *form == Form::Login {
        let (start, end) = oracle_login(text, name_end)?;
        return Some(Found { start, end, rule: "password" });
    }
    if *form == Form::Store {
        let (start, end) = store_secret(text, name_end)?;
        return Some(Found { start, end, rule: "secret" });
    }
    if between(text, start, name_end) == b"LOGIN"
        && let Some((start, end)) = mail_login(text, start, name_end)
    {
        return Some(Found { start, end, rule: "password" });
    }
    if between(text, start, name_end) == b"login"
        && let Some((start, end)) = token_login(text, name_end)
    {
        return Some(Found { start, end, rule: "token" });
    }
    let joint = flagged(text, name_end, flag, *form)?;
    let start = match form {
        Form::Percent => {
            let end = value::end(text, joint.value, joint.close, Surroundings::default());
            let sign = between(text, joint.value, end).iter().position(|&byte| byte == b'%')?;
            joint.value + sign + 1
        }
        _ => joint.value,
    };
    let end = value::end(text, start, joint.close, Surroundings::default());
    let found = between(text, start, end);
    // A port may follow `-p` elsewhere, and `-port` is a long flag of another style.
    let harmless = found.len() < 3
        || shapes::is_number(found)
        || shapes::is_path_or_url(found)
        || placeholder::is_placeholder(bytes::unescaped(found))
        || shapes::is_word(found) && (*form == Form::Apart || is_flag(found));
    (!harmless).then_some(Found { start, end, rule: "password" })
}

/// The password in a client's first argument that is no flag.
fn oracle_login(text: &[u8], name_end: usize) -> Option<(usize, usize)> {
    let mut place = name_end;
    for _ in 0..6 {
        let (start, end) = command::argument(text, place)?;
        if at(text, start) != b'-' {
            let quote = usize::from(matches!(at(text, start), b'"' | b'\''));
            return dsn::user_and_password(text, start + quote)
                .filter(|&(start, end)| !placeholder::is_placeholder(between(text, start, end)));
        }
        place = end;
    }
    None
}

/// The last argument of `mc alias set name address key value`.
fn store_secret(text: &[u8], name_end: usize) -> Option<(usize, usize)> {
    let mut places = [(0, name_end); 5];
    let mut end = name_end;
    for place in &mut places {
        *place = command::argument(text, end)?;
        end = place.1;
    }
    let [set, _, address, _, (start, end)] = places;
    let found = between(text, start, end);
    let stores = between(text, set.0, set.1) == b"set"
        && shapes::is_path_or_url(between(text, address.0, address.1));
    (stores && found.len() >= 8 && !placeholder::is_placeholder(found)).then_some((start, end))
}

/// The password of an IMAP client's `tag LOGIN user password`, which ends its line.
fn mail_login(text: &[u8], start: usize, name_end: usize) -> Option<(usize, usize)> {
    let blank = start.checked_sub(1)?;
    let tag = between(text, bytes::run_start(text, blank, 12, NAME), blank);
    if before(text, start) != b' ' || !tag.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let (_, user) = command::argument(text, name_end)?;
    let (start, end) = command::argument(text, user)?;
    let quoted = at(text, start) == b'"' && before(text, end) == b'"' && end - start > 2;
    let (start, end) = if quoted { (start + 1, end - 1) } else { (start, end) };
    let found = between(text, start, end);
    let last = matches!(at(text, end + usize::from(quoted)), 0 | b'\r' | b'\n');
    (last && !placeholder::is_placeholder(found) && !shapes::is_word(found)).then_some((start, end))
}

/// The token of `vault login token`, which no word and no identifier is.
fn token_login(text: &[u8], name_end: usize) -> Option<(usize, usize)> {
    let (start, end) = command::argument(text, name_end)?;
    let found = between(text, start, end);
    let token = found.len() >= 20
        && found.iter().all(|&byte| bytes::is(byte, NAME))
        && shapes::is_opaque(found);
    token.then_some((start, end))
}

/// What follows the flag, if the command has it.
fn flagged(text: &[u8], name_end: usize, flag: &[u8], form: Form) -> Option<Joint> {
    let command = between(text, name_end, (name_end + MAX_COMMAND).min(text.len()));
    // Most that is named like a client has no such flag, and that is quick to see.
    memchr::memmem::find(command, flag)?;
    let len = command
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r' | b'|' | b';' | b'`'))
        .unwrap_or(command.len());
    let mut place = 0;
    while let Some(found) = memchr::memmem::find(between(command, place, len), flag) {
        let flag_end = place + found + flag.len();
        let starts = before(command, place + found) == b' ';
        let glued = at(command, flag_end) > b' ';
        if starts && glued == (form == Form::Glued) && flag_end < len {
            return joint::flag(text, name_end + flag_end);
        }
        place = flag_end;
    }
    None
}

/// The rest of a long flag behind its first letter.
fn is_flag(rest: &[u8]) -> bool {
    [&b"ort"[..], b"assword", b"ipe", b"rotocol", b"rint", b"lugin", b"ath"].contains(&rest)
        || from(rest, 0).contains(&b'-')
}
