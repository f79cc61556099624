//! Command lines: the place of a flag goes in, the password that the flag is given comes out.

use super::{
    Memory,
    joint::{self, Close, Joint, Kind},
    placeholder, shapes,
    value::{self, Surroundings},
    verdict::is_mixed,
};
use crate::{
    base64,
    bytes::{self, BASE64, COLON, NAME, at, before, between, from},
    names::Noun,
    scan::Found,
};

/// How far back on its line a command is looked for, and how long a user's name may be.
const MAX_LOOK: usize = 256;

/// The places where mere blanks join a secret to what announces it: `sshpass -p value`,
/// `login name password value` in a `.netrc`, `htpasswd -b file user value`,
/// `wpa_passphrase net value`, `IDENTIFIED BY 'value'`, `AUTH PLAIN value`.
pub(crate) fn spoken(text: &[u8], start: usize, end: usize) -> Option<(Joint, Noun)> {
    let behind = from(text, end);
    let place = match between(text, start, end) {
        b"sshpass" if behind.starts_with(b" -p") => end + 3,
        b"sshpass" => listed_flag(text, end)?,
        b"password" if follows_login(text, start) => {
            return joint::join(text, end, true).map(|joint| (joint, Noun::Password));
        }
        b"unseal" => {
            let (first, last) = argument(text, end)?;
            let joint =
                joint::flag(text, first).filter(|_| shapes::is_opaque(between(text, first, last)));
            return joint.map(|joint| (joint, Noun::Key));
        }
        b"AUTH" | b"auth" if behind.starts_with(b"\" \"") => last_quoted(text, end + 2)?,
        b"auth" => {
            let (place, noun) = given_to_auth(text, start, end)?;
            return joint::flag(text, place).map(|joint| (joint, noun));
        }
        b"secret" => {
            let joint = joint::flag(text, body_of_secret(text, end)?);
            return joint.map(|joint| (joint, Noun::Secret));
        }
        b"htpasswd" => htpasswd_argument(text, end)?,
        b"wpa_passphrase" => argument(text, argument(text, end)?.1)?.0,
        b"add_user" | b"change_password" | b"authenticate_user" => {
            let (_, user) = argument(text, end)?;
            let place = argument(text, user)?.0;
            let mixed = is_mixed(between(text, place, argument(text, user)?.1), 4);
            return mixed.then(|| joint::flag(text, place).map(|joint| (joint, Noun::Password)))?;
        }
        b"AUTH" if !behind.starts_with(b" PLAIN ") => cache_login(text, start, end)?,
        b"AUTH" => {
            let place = end + b" PLAIN ".len();
            let holds = behind.starts_with(b" PLAIN ") && is_plain_login(text, place);
            return holds
                .then(|| joint::flag(text, place).map(|joint| (joint, Noun::Credential)))?;
        }
        name if name.eq_ignore_ascii_case(b"identified") => {
            let near = behind.get(..MAX_CLAUSE).unwrap_or(behind);
            let by = near.windows(4).position(|word| word.eq_ignore_ascii_case(b" by "))?;
            let quote = memchr::memchr3(b'\'', b'"', b'\n', from(near, by));
            let (bare, bare_end) = argument(text, end + by + 3)?;
            // What a quote parts from a word is no part of it.
            let word = between(text, bare, bare_end);
            let word = word.split(|byte| matches!(byte, b'"' | b'\'')).next().unwrap_or(word);
            if is_mixed(word, 4) || placeholder::is_marker(word) { bare } else { end + by + quote? }
        }
        _ => return None,
    };
    joint::flag(text, place).map(|joint| (joint, Noun::Password))
}

/// The argument behind a `-p` in a list of arguments: `"sshpass", "-p", "value"`.
fn listed_flag(text: &[u8], end: usize) -> Option<usize> {
    let near = between(text, end, (end + 24).min(text.len()));
    let flag = memchr::memmem::find(near, b"-p")? + b"-p".len();
    let quote = at(near, flag);
    let value = from(near, flag + 1).iter().position(|&byte| byte == quote)?;
    matches!(quote, b'"' | b'\'').then_some(end + flag + 1 + value)
}

/// What `snyk auth value` and HAProxy's `stats auth user:value` are given.
fn given_to_auth(text: &[u8], start: usize, end: usize) -> Option<(usize, Noun)> {
    let (first, last) = argument(text, end)?;
    let value = between(text, first, last);
    let head = between(text, start.saturating_sub(6), start);
    if head.ends_with(b"snyk ") {
        return (shapes::is_uuid(value) || shapes::is_opaque(value))
            .then_some((first, Noun::Token));
    }
    let colon = value.iter().position(|&byte| byte == b':').filter(|_| head == b"stats ")?;
    Some((first + colon + 1, Noun::Password))
}

/// The value of `gh secret set NAME --body value`.
fn body_of_secret(text: &[u8], end: usize) -> Option<usize> {
    let line = from(text, end).strip_prefix(b" set ")?;
    let near = line.get(..MAX_LOOK).unwrap_or(line);
    let near = near.split(|&byte| byte == b'\n').next().unwrap_or(near);
    let place = end + b" set ".len();
    [&b" --body "[..], b" --body=", b" -b "]
        .iter()
        .find_map(|flag| memchr::memmem::find(near, flag).map(|found| place + found + flag.len()))
}

/// Whether a command sets the name at a place to the argument behind it: `setx DB_PASSWORD value`,
/// `config set dbPassword value`, `--secret dbPassword value`.
pub(super) fn sets(text: &[u8], start: usize, end: usize) -> bool {
    let quoted = matches!(before(text, start), b'"' | b'\'');
    // A setting's name may stand behind its section's: `Stripe:SecretKey`.
    let path = bytes::run_start(text, start, 32, NAME | COLON);
    let quoted = quoted || matches!(before(text, path), b'"' | b'\'');
    let before_it = path.saturating_sub(usize::from(quoted));
    let head = between(text, before_it.saturating_sub(12), before_it);
    let verb = ["set ", "setx ", "SET ", "--secret ", "put ", "add "]
        .iter()
        .any(|verb| head.ends_with(verb.as_bytes()));
    let behind = end + usize::from(quoted);
    let Some((first, last)) = verb.then(|| argument(text, behind)).flatten() else { return false };
    let value = between(text, first, last);
    matches!(value.first(), Some(b'"' | b'\'')) || is_mixed(value, 6)
}

/// How much of what follows `IDENTIFIED` is looked at for its `BY`.
const MAX_CLAUSE: usize = 96;

/// The next argument of a command: where it starts and where it ends, both on one line.
pub(super) fn argument(text: &[u8], place: usize) -> Option<(usize, usize)> {
    let start = bytes::skip_blanks(text, place);
    let near = from(text, start).get(..MAX_LOOK).unwrap_or(from(text, start));
    let len = near.iter().position(|&byte| byte <= b' ').unwrap_or(near.len());
    (start > place && len > 0).then_some((start, start + len))
}

/// The password of `htpasswd -b file user password`, or of `htpasswd -nb user password`.
fn htpasswd_argument(text: &[u8], end: usize) -> Option<usize> {
    let (mut place, mut batch, mut before_it) = (end, false, 2_usize);
    for _ in 0..8 {
        let (start, next) = argument(text, place)?;
        place = next;
        if at(text, start) == b'-' {
            let flags = between(text, start, next);
            batch |= flags.contains(&b'b');
            before_it -= usize::from(flags.contains(&b'n')).min(before_it);
            if flags.ends_with(b"C") {
                place = argument(text, place)?.1;
            }
        } else if before_it > 0 {
            before_it -= 1;
        } else {
            return batch.then_some(start);
        }
    }
    None
}

/// The password of a cache's `AUTH password` or `AUTH user password`, which ends its line.
fn cache_login(text: &[u8], start: usize, end: usize) -> Option<usize> {
    let opens = matches!(before(text, start), 0 | b'\n' | b'"' | b'\'' | b'>') || {
        let head = between(text, start.saturating_sub(2), start);
        head == b"> "
    };
    let (first, first_end) = argument(text, end)?;
    let second = argument(text, first_end);
    let (place, last) = second.unwrap_or((first, first_end));
    let ends = matches!(at(text, last), 0 | b'\r' | b'\n');
    let word = between(text, place, last);
    let opened = word.strip_prefix(b"\"").unwrap_or(word);
    let fits = is_mixed(word, 4) || placeholder::is_marker(opened);
    (opens && ends && fits).then_some(place)
}

/// The quote that opens the last of one or two arguments of a command, as a cache's monitor shows
/// them: `"AUTH" "user" "password"`.
fn last_quoted(text: &[u8], first: usize) -> Option<usize> {
    let near = from(text, first + 1).get(..MAX_LOOK).unwrap_or(from(text, first + 1));
    let mut open = first;
    let mut close = first + 1 + near.iter().position(|&byte| byte == b'"')?;
    if from(text, close).starts_with(b"\" \"") {
        open = close + 2;
        close = open + 1 + from(near, open - first).iter().position(|&byte| byte == b'"')?;
    }
    let ends = matches!(at(text, close + 1), 0 | b'\r' | b'\n');
    let word = between(text, open + 1, close);
    let chosen = is_mixed(word, 4) || shapes::is_restless(word);
    (ends && (chosen || placeholder::is_marker(word))).then_some(open)
}

/// Whether base64 of a user's name and password stands at a place, each behind a zero byte.
fn is_plain_login(text: &[u8], start: usize) -> bool {
    let end = bytes::run_end(text, start, BASE64);
    let mut zero = false;
    end - start >= 8
        && base64::decode(between(text, start, end.min(start + MAX_LOOK)), |byte| {
            zero |= byte == 0;
            byte == 0 || byte >= b' '
        })
        && zero
}

fn follows_login(text: &[u8], start: usize) -> bool {
    if !before(text, start).is_ascii_whitespace() {
        return false;
    }
    let head = between(text, start.saturating_sub(64), start).trim_ascii_end();
    let user = head.iter().rev().take_while(|&&byte| byte > b' ').count();
    head.get(..head.len() - user).is_some_and(|head| head.trim_ascii_end().ends_with(b"login"))
}

/// The password of a command line's `-u user:password` or `--user user:password`.
pub(crate) fn user_flag(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let flag = match at(text, start) {
        b'-' => start,
        b'p' => start.checked_sub(2)?,
        _ => start + 1,
    };
    let flag_end = bytes::run_end(text, flag, NAME);
    let flag_is = between(text, flag, flag_end);
    let known = matches!(flag_is, b"-u" | b"--user" | b"--username" | b"--proxy-user" | b"-a");
    if !known || bytes::is(before(text, flag), NAME) {
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
    let fetches_files =
        memchr::memmem::rfind(between(text, flag.saturating_sub(16), flag), b"ftp ");
    let sign = if fetches_files.is_some() { b',' } else { b':' };
    let colon = pair.iter().take(MAX_LOOK).position(|&byte| byte == sign)?;
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
    // Some APIs take their key for a user without a password.
    let user = between(pair, 0, colon);
    if password.is_empty() && shapes::is_opaque(user) && fetches() {
        return Some(Found { start: joint.value, end: joint.value + colon, rule: "key" });
    }
    let numbers = shapes::is_number(password);
    let harmless = password.len() < 2
        || password.starts_with(b"//")
        || placeholder::is_placeholder(password)
        || numbers;
    let told = if flag_is == b"-a" { fetches() } else { !shapes::is_word(password) || fetches() };
    (!harmless && told).then_some(Found { start: joint.value + colon + 1, end, rule: "password" })
}
