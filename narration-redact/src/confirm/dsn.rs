//! Connection strings that are no URLs: the place of what is peculiar to one goes in, the password
//! before or behind it comes out.

use super::{
    Memory,
    joint::{self, Kind},
    placeholder, shapes,
    site::MAX_LOOK_BACK,
    value::{self, Surroundings},
};
use crate::{
    bytes::{self, ALNUM, HEX, NAME, UNDERSCORE, at, before, between, from},
    scan::Found,
};

/// How long a user's name and password may be together.
const MAX_LOGIN: usize = 256;

/// The password of `user:password@tcp(…)`, of `host:5432:database:user:password`, of
/// `jdbc:oracle:thin:user/password@…`, or of `BUNDLE_GEMS__EXAMPLE__COM=user:password`.
pub(super) fn password(text: &[u8], start: usize, memory: &Memory) -> Option<Found> {
    let (start, end) = match at(text, start) {
        b'@' => before_network(text, start)?,
        b':' => in_pgpass(text, start)?,
        b'b' | b'B' => for_host_of_gems(text, start)?,
        _ => user_and_password(text, start + b"e:thin:".len())?,
    };
    let found = between(text, start, end);
    let harmless = found.is_empty() || placeholder::is_placeholder(found);
    (!harmless && start >= memory.done).then_some(Found { start, end, rule: "password" })
}

/// `user:password` before the `@` of a network's name.
fn before_network(text: &[u8], sign: usize) -> Option<(usize, usize)> {
    let near = between(text, sign.saturating_sub(MAX_LOGIN), sign);
    let len =
        near.iter().rev().take_while(|&&byte| byte > b' ' && !b"\"'`".contains(&byte)).count();
    let login = from(near, near.len() - len);
    let colon = login.iter().position(|&byte| byte == b':')?;
    let named = colon > 0 && !from(login, colon).starts_with(b"://");
    named.then_some((sign - len + colon + 1, sign))
}

/// What Bundler logs in to a host with, whose name it writes with `__` for each dot: the password
/// behind its user, both of two halves, or a token that stands alone.
fn for_host_of_gems(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let near = between(text, 0, (start + MAX_LOOK_BACK).min(text.len()));
    let name_end = bytes::run_end(near, start, ALNUM | UNDERSCORE);
    let host = between(text, start + b"bundle_".len(), name_end);
    let signed = matches!(at(text, name_end), b'=' | b':' | b'"' | b'\'');
    if !signed || !bytes::word_starts(text, start) || !host.windows(2).any(|pair| pair == b"__") {
        return None;
    }
    let joint = joint::join(text, name_end, false)
        .filter(|joint| matches!(joint.kind, Kind::Equals | Kind::Colon))?;
    let end_in = |text| value::end(text, joint.value, joint.close, Surroundings::default());
    let near = between(text, 0, (joint.value + MAX_LOGIN).min(text.len()));
    let short = end_in(near);
    let opening = between(near, joint.value, short);
    let fits = opening.contains(&b':') || shapes::is_opaque(opening);
    if !fits || shapes::is_path_or_url(opening) {
        return None;
    }
    let end = if short < near.len() { short } else { end_in(text) };
    let login = between(text, joint.value, end);
    let user = login.iter().position(|&byte| byte == b':').map_or(0, |colon| colon + 1);
    let first = if is_in_halves(login) { 0 } else { user };
    Some((joint.value + first, end))
}

/// `0a1b2c3d:4e5f6a7b`: two halves of one secret, of which neither is a name.
pub(super) fn is_in_halves(login: &[u8]) -> bool {
    const HALF: usize = 8;
    let half = |start: usize| bytes::run_end(login, start, HEX) == start + HALF;
    login.len() == 2 * HALF + 1 && half(0) && at(login, HALF) == b':' && half(HALF + 1)
}

/// The last of the five fields of a `.pgpass` line.
fn in_pgpass(text: &[u8], port: usize) -> Option<(usize, usize)> {
    const FIELD: bytes::Set = NAME | UNDERSCORE;
    let host = bytes::run_start(text, port, MAX_LOGIN, FIELD);
    let any = host == port && before(text, port) == b'*';
    let line_start = host - usize::from(any);
    if line_start == port || !matches!(before(text, line_start), 0..=b' ' | b'"' | b'\'' | b'`') {
        return None;
    }
    let mut place = port + b":5432:".len();
    for _ in 0..2 {
        let end = place + usize::from(at(text, place) == b'*');
        let end = bytes::run_end(text, end, FIELD);
        if end == place || at(text, end) != b':' {
            return None;
        }
        place = end + 1;
    }
    let ends = |byte: &u8| *byte <= b' ' || matches!(byte, b'"' | b'\'' | b'`');
    let len = from(text, place).iter().take(MAX_LOGIN).position(ends);
    let end = place + len.unwrap_or(from(text, place).len().min(MAX_LOGIN));
    (!shapes::is_number(between(text, place, end))).then_some((place, end))
}

/// `user/password`, up to its `@`.
pub(super) fn user_and_password(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let user = bytes::run_end(text, start, ALNUM | UNDERSCORE);
    if user == start || at(text, user) != b'/' {
        return None;
    }
    let near = from(text, user + 1).get(..MAX_LOGIN).unwrap_or(from(text, user + 1));
    let len = near
        .iter()
        .position(|&byte| byte <= b' ' || matches!(byte, b'@' | b'"' | b'\'' | b'`' | b';'))
        .unwrap_or(near.len());
    (len > 0).then_some((user + 1, user + 1 + len))
}
