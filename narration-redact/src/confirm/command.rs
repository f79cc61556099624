//! Command lines: the place of a flag goes in, the password that the flag is given comes out.

use super::{
    Memory,
    joint::{self, Close, Joint, Kind},
    placeholder, shapes,
    value::{self, Surroundings},
};
use crate::{
    bytes::{self, NAME, at, before, between, from},
    scan::Found,
};

/// How far back on its line a command is looked for, and how long a user's name may be.
const MAX_LOOK: usize = 256;

/// The two places where a mere blank joins a password to its name: `sshpass -p value`, and
/// `login name password value` in a `.netrc`.
pub(crate) fn spoken(text: &[u8], start: usize, end: usize) -> Option<Joint> {
    match between(text, start, end) {
        b"sshpass" if from(text, end).starts_with(b" -p") => joint::flag(text, end + 3),
        b"password" if follows_login(text, start) => joint::join(text, end, true),
        _ => None,
    }
}

fn follows_login(text: &[u8], start: usize) -> bool {
    let head = between(text, start.saturating_sub(64), start).trim_ascii_end();
    let user = head.iter().rev().take_while(|&&byte| byte > b' ').count();
    head.get(..head.len() - user).is_some_and(|head| head.trim_ascii_end().ends_with(b"login"))
}

/// The password of a command line's `-u user:password` or `--user user:password`.
pub(crate) fn user_flag(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let flag = if at(text, start) == b'-' { start } else { start + 1 };
    let flag_end = bytes::run_end(text, flag, NAME);
    if !matches!(between(text, flag, flag_end), b"-u" | b"--user" | b"--username")
        || bytes::is(before(text, flag), NAME)
    {
        return None;
    }
    let assigned = flag_end + usize::from(at(text, flag_end) == b'=');
    let joint = joint::join(text, assigned, true)
        .filter(|_| assigned == flag_end || at(text, assigned) != b' ');
    let joint = joint.unwrap_or(Joint {
        kind: Kind::Flag,
        value: assigned,
        close: Close::Bare,
        percent: false,
        folded: false,
    });
    let end = value::end(text, joint.value, joint.close, Surroundings::default());
    let pair = between(text, joint.value, end);
    let colon = pair.iter().take(MAX_LOOK).position(|&byte| byte == b':')?;
    let password = from(pair, colon + 1);
    let line = between(
        text,
        flag.saturating_sub(MAX_LOOK).max(memory.done.saturating_sub(MAX_LOOK)),
        flag,
    );
    let fetches = || {
        ["curl", "http", "wget", "xh "]
            .iter()
            .any(|tool| memchr::memmem::find(line, tool.as_bytes()).is_some())
    };
    let numbers = shapes::is_number(password);
    let harmless = password.len() < 2
        || password.starts_with(b"//")
        || placeholder::is_placeholder(password)
        || numbers;
    (!harmless && (!shapes::is_word(password) || fetches())).then_some(Found {
        start: joint.value + colon + 1,
        end,
        rule: "password",
    })
}
