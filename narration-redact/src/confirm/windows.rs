//! Windows' commands: the place of `net use` or `net user` goes in, the password among the arguments
//! comes out.

use super::{command, placeholder, shapes};
use crate::{
    bytes::{at, between},
    scan::Found,
};

/// The password of `net use Z: \\\\host\\share password /user:joe`, before or behind the user, or of
/// `net user joe password /add`.
pub(super) fn net_password(text: &[u8], start: usize, done: usize) -> Option<Found> {
    let word = start + b"net use".len();
    let user = at(text, word) == b'r';
    let mut place = word + usize::from(user);
    let (mut named, mut last) = (false, None);
    for index in 0..6 {
        let Some((first, end)) = command::argument(text, place) else { break };
        let argument = between(text, first, end);
        named |= argument.len() > 6 && argument.get(..6)?.eq_ignore_ascii_case(b"/user:");
        let plain = !matches!(argument.first(), Some(b'/' | b'\\' | b'*' | b'"'))
            && !argument.ends_with(b":");
        if plain && (!user || index == 1) {
            last = last.or(Some((first, end)));
        }
        place = end;
    }
    let (first, end) = last.filter(|_| user || named)?;
    let found = between(text, first, end);
    let harmless = placeholder::is_placeholder(found) || user && shapes::is_word(found);
    (!harmless && found.len() >= 3 && first >= done).then_some(Found {
        start: first,
        end,
        rule: "password",
    })
}
