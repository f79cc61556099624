//! The word for a password in other languages: its place goes in, the password behind it comes out.

use super::{Memory, joint, keyed, named::Announced, value::Surroundings, verdict::is_mixed};
use crate::{
    bytes::{self, at, before, between, from},
    names::{Name, Noun, Trust},
    scan::Found,
};

/// The words, in small letters where there are any.
const WORDS: [&str; 12] = [
    "contraseña",
    "senha",
    "wachtwoord",
    "kennwort",
    "lösenord",
    "adgangskode",
    "hasło",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
];

/// The password behind such a word.
pub(super) fn password(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    let end = password_end(text, start)?;
    let joint = joint::join(text, end, false)?;
    let name = Name { noun: Noun::Password, trust: Trust::Sure, compound: true };
    let around = Surroundings { query: false, percent: joint.percent };
    let found = keyed::judge(&Announced { text, start, end, name, joint, around }, memory)?;
    // What `not set` is called in every language, nobody lists.
    is_mixed(between(text, found.start, found.end), 4).then_some(found)
}

/// The end of such a word, if one starts at a place.
fn password_end(text: &[u8], start: usize) -> Option<usize> {
    let rest = from(text, start);
    let first = at(rest, 0).to_ascii_lowercase();
    let word = WORDS.iter().find(|word| {
        let letters = word.as_bytes();
        at(letters, 0) == first && starts_in_any_case(rest, letters)
    })?;
    bytes::word_starts(text, start).then_some(start + word.len())
}

/// Whether the word's letters stand there, those of ASCII in either case.
fn starts_in_any_case(rest: &[u8], letters: &[u8]) -> bool {
    rest.get(..letters.len()).is_some_and(|found| found.eq_ignore_ascii_case(letters))
}

/// Whether the `passe` at a place is that of `mot de passe`.
pub(super) fn is_mot_de_passe(text: &[u8], start: usize, letters: &[u8]) -> bool {
    letters.eq_ignore_ascii_case(b"passe")
        && before(text, start) == b' '
        && between(text, start.saturating_sub(7), start).eq_ignore_ascii_case(b"mot de ")
}
