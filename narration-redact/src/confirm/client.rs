//! Clients that take a password by a short flag: the place of a client's name goes in, the password
//! behind its flag comes out.

use super::{
    Memory,
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
}

/// What a client's name starts with, its flag, and how that holds the password.
const CLIENTS: [(&str, &[u8], Form); 7] = [
    ("mysql", b"-p", Form::Glued),
    ("mariadb", b"-p", Form::Glued),
    ("redis-cli", b"-a", Form::Apart),
    ("mongo", b"-p", Form::Apart),
    ("ldap", b"-w", Form::Apart),
    ("smbclient", b"-U", Form::Percent),
    ("login", b"-p", Form::Apart),
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
        || placeholder::is_placeholder(found)
        || shapes::is_word(found) && (*form == Form::Apart || is_flag(found));
    (!harmless).then_some(Found { start, end, rule: "password" })
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
