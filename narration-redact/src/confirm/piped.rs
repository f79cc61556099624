//! Passwords that are piped into a command: the place of what tells so goes in, the password before
//! it comes out.
//!
//! `echo … | docker login --password-stdin`, `printf '%s' … | sudo -S`, `echo root:… | chpasswd`.

use super::placeholder;
use crate::{
    bytes::{at, before, between, from},
    scan::Found,
};

/// How far back on its line the pipe is looked for, and how long what is piped may be.
const MAX_LOOK: usize = 512;

/// The password that is piped into the command in which `--password-stdin` stands.
pub(super) fn to_flag(text: &[u8], start: usize, done: usize) -> Option<Found> {
    let (first, end) = echoed(text, start, done)?;
    Some(Found { start: first, end, rule: "password" })
}

/// The password behind the user's name that is piped into `chpasswd`.
pub(super) fn to_chpasswd(text: &[u8], start: usize, done: usize) -> Option<Found> {
    let (first, end) = echoed(text, start, done)?;
    let colon = between(text, first, end).iter().position(|&byte| byte == b':')?;
    Some(Found { start: first + colon + 1, end, rule: "password" })
}

/// The last argument of the `echo` or `printf` before the last pipe on the line.
fn echoed(text: &[u8], start: usize, done: usize) -> Option<(usize, usize)> {
    let line = between(text, start.saturating_sub(MAX_LOOK).max(done), start);
    let offset = start - line.len();
    let pipe = line.iter().rposition(|&byte| matches!(byte, b'|' | b'\n'))?;
    if at(line, pipe) != b'|' {
        return None;
    }
    let command = between(line, 0, pipe).trim_ascii_end();
    let verb = ["echo ", "printf "].iter().filter_map(|verb| {
        memchr::memmem::rfind(command, verb.as_bytes()).map(|place| place + verb.len())
    });
    let argument = last_argument(command, verb.max()?);
    let value = between(command, argument.0, argument.1);
    let harmless = value.len() < 3
        || value.starts_with(b"-")
        || value.starts_with(b"\"$")
        || placeholder::is_placeholder(value);
    (!harmless).then_some((offset + argument.0, offset + argument.1))
}

/// Where the last argument of a command starts and ends, without its quotes.
fn last_argument(command: &[u8], first: usize) -> (usize, usize) {
    let end = command.len();
    let quote = before(command, end);
    let opened = matches!(quote, b'"' | b'\'')
        .then(|| between(command, first, end - 1).iter().rposition(|&byte| byte == quote))
        .flatten();
    if let Some(place) = opened {
        return (first + place + 1, end - 1);
    }
    let word = from(command, first).iter().rposition(|&byte| byte == b' ');
    (first + word.map_or(0, |place| place + 1), end)
}
