//! Short flags that take a password: the place of the flag goes in, its value comes out.
//!
//! A short flag means a password where the same command also names a user: `-u joe -p …`,
//! `-U sa -P …`, `/u:joe /p:…`. The flags of some tools mean one by themselves: `-pw …`.

use super::{
    Memory, command,
    joint::{self, Joint},
    placeholder, shapes,
    value::{self, Surroundings},
};
use crate::{
    bytes::{at, before, between, from},
    scan::Found,
};

/// How far back on its line a command is looked at.
const MAX_LOOK: usize = 256;

/// The password that the flag behind a blank is given.
pub(super) fn password(text: &[u8], start: usize, memory: &Memory) -> Option<Found> {
    let flag = between(text, start + 1, start + 3);
    if flag == b"-b" {
        return cookies(text, start, memory);
    }
    let joint = value_of(text, start, flag)?;
    let end = value::end(text, joint.value, joint.close, Surroundings::default());
    let found = between(text, joint.value, end);
    let harmless = found.len() < 3
        || found.starts_with(b"-")
        || shapes::is_number(found)
        || shapes::is_word(found)
        || shapes::is_path_or_url(found)
        || placeholder::is_placeholder(found)
        || found.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'/'));
    if harmless || joint.value < memory.done || !tells(text, start, flag, memory) {
        return None;
    }
    Some(Found { start: joint.value, end, rule: "password" })
}

/// The cookies of `curl -b name=value`; without a `=` it is the name of a file.
fn cookies(text: &[u8], start: usize, memory: &Memory) -> Option<Found> {
    let near = between(text, start.saturating_sub(MAX_LOOK), start);
    memchr::memmem::find(near, b"curl")?;
    let joint = joint::flag(text, start + 3)?;
    let end = value::end(text, joint.value, joint.close, Surroundings::default());
    let found = between(text, joint.value, end);
    let value = found.iter().position(|&byte| byte == b'=').map(|sign| from(found, sign + 1))?;
    let secret = joint.value >= memory.done
        && value.len() >= 4
        && !placeholder::is_placeholder(value)
        && !placeholder::is_marker(found);
    secret.then_some(Found { start: joint.value, end, rule: "cookie" })
}

/// The value of `-p value`, `-pw value` and `/p:value`.
fn value_of(text: &[u8], start: usize, flag: &[u8]) -> Option<Joint> {
    let end = start + 3;
    match (flag, at(text, end)) {
        (b"/p", b':') => joint::flag(text, end + 1),
        (b"-p", b'w') if at(text, end + 1) == b' ' => joint::flag(text, end + 1),
        (b"-p" | b"-P" | b"-A" | b"-X" | b"-N", b' ') => joint::flag(text, end),
        _ => None,
    }
}

/// Whether the command before a flag says that it is given a password.
fn tells(text: &[u8], start: usize, flag: &[u8], memory: &Memory) -> bool {
    let near = between(text, start.saturating_sub(MAX_LOOK), start);
    let separates = |byte: &u8| matches!(byte, b'\n' | b'|' | b';' | b'`');
    let command = from(near, near.iter().rposition(separates).map_or(0, |place| place + 1));
    let has = |word: &[u8]| memchr::memmem::find(command, word).is_some();
    match flag {
        b"-A" | b"-X" => has(b"snmp"),
        b"-N" => has(b"ssh-keygen "),
        b"/p" => has(b" /u:"),
        b"-p" if at(text, start + 3) == b'w' => true,
        b"-P" if has(b"unzip") || has(b"ipmitool ") || has(b"ssh-keygen ") => true,
        _ => memory.done <= start && names_a_user(command) && !before(text, start).is_ascii_digit(),
    }
}

/// Whether a command names a user by a flag that is not `sudo`'s.
fn names_a_user(command: &[u8]) -> bool {
    const FLAGS: [&[u8]; 5] = [b" -u ", b" -U ", b" --user", b" -username ", b" -user "];
    let flag = FLAGS.iter().filter_map(|flag| memchr::memmem::rfind(command, flag)).max();
    flag.is_some_and(|flag| {
        let user =
            command::argument(command, flag + 1).and_then(|end| command::argument(command, end.1));
        let named =
            user.is_none_or(|(start, end)| !shapes::is_number(between(command, start, end)));
        named && !between(command, 0, flag).ends_with(b"sudo")
    })
}
