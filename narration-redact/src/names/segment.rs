//! Segments: a field's name goes in, the words it is joined from come out, the last one first.

use super::roles::{self, Roles};
use crate::bytes::{self, ALNUM, LOWER, Set, UPPER};

/// What a name's word ends in; a digit does not count there.
const LETTER: Set = LOWER | UPPER;

/// One word of a name, letters compared without regard to case.
#[derive(Clone, Copy)]
pub(super) struct Segment<'n> {
    pub(super) letters: &'n [u8],
    folded: Folded,
}

impl<'n> Segment<'n> {
    /// Takes the last segment off a name; digits at its end do not count.
    #[inline]
    pub(super) fn pop(name: &mut &'n [u8]) -> Option<Self> {
        let letter = name.iter().rposition(|&byte| bytes::is(byte, LETTER))?;
        let whole = name.get(..=letter)?;
        let (rest, letters) = whole.split_at_checked(whole.len() - len_of_last(whole))?;
        *name = rest;
        Some(Self { letters, folded: Folded::new(letters) })
    }

    /// What the word may be in a name.
    #[inline]
    pub(super) fn roles(self) -> Roles {
        roles::of(self.folded)
    }

    /// What the word may be without the `len` letters at its end.
    pub(super) fn roles_without(self, len: usize) -> Roles {
        let head = self.letters.len().saturating_sub(len);
        roles::of(Folded::new(bytes::between(self.letters, 0, head)))
    }

    /// Whether this is a word of at most eight letters.
    #[inline]
    pub(super) fn is(self, word: &[u8]) -> bool {
        self.letters.len() == word.len() && self.ends_with(word)
    }

    /// Whether these letters, at most eight, end the word.
    #[inline]
    pub(super) fn ends_with(self, ending: &[u8]) -> bool {
        let others = 64_u32.saturating_sub(8 * ending.len() as u32);
        self.letters.len() >= ending.len()
            && (self.folded.tail ^ Folded::new(ending).tail).checked_shr(others) == Some(0)
    }
}

/// The length of the segment that ends a name: up to what joins it to the one before it, to a capital
/// behind a small letter, or to the last capital of several (`APIKey`).
#[inline]
fn len_of_last(name: &[u8]) -> usize {
    let (mut len, mut first, mut second) = (0, 0, 0);
    for &byte in name.iter().rev() {
        let hump = bytes::is(first, UPPER) && (!bytes::is(byte, UPPER) || bytes::is(second, LOWER));
        if hump || !bytes::is(byte, ALNUM) {
            break;
        }
        (first, second) = (byte, first);
        len += 1;
    }
    len
}

/// Letters and digits with their cases folded, as numbers that are compared at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Folded {
    /// The first eight, the first of them in the lowest bits.
    pub(super) head: u64,
    /// The last eight, the last of them in the highest bits.
    pub(super) tail: u64,
    pub(super) len: usize,
}

impl Folded {
    /// Folds a word. What is between the first and the last eight letters is left out, so that words
    /// of more than sixteen letters are only nearly told apart.
    #[inline]
    pub(super) const fn new(word: &[u8]) -> Self {
        /// The bit in which the cases of a letter differ, and which every digit has.
        const CASES: u64 = 0x2020_2020_2020_2020;
        let Self { head, tail, len } = Self::unfolded(word);
        Self { head: head | CASES, tail: tail | CASES, len }
    }

    /// The same with its cases told apart.
    #[inline]
    pub(super) const fn unfolded(word: &[u8]) -> Self {
        let (head, tail) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => short(word),
        };
        Self { head, tail, len: word.len() }
    }

    /// Nine bits that are rarely the same for two words.
    #[inline]
    pub(super) const fn hash(self) -> u64 {
        (self.head ^ self.tail.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55
    }

    /// Whether two words are the same.
    #[inline]
    pub(super) const fn is(self, other: Self) -> bool {
        self.head == other.head && self.tail == other.tail && self.len == other.len
    }
}

/// The first and the last letters of a word of less than eight, all of it either way.
#[inline]
const fn short(word: &[u8]) -> (u64, u64) {
    let len = word.len();
    let head = match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(head), Some(tail)) => {
            u32::from_le_bytes(*head) as u64 | (u32::from_le_bytes(*tail) as u64) << (8 * (len - 4))
        }
        _ => match word {
            [] => return (0, 0),
            [first, ..] => {
                let (middle, last) = (len / 2, len - 1);
                *first as u64
                    | (word[middle] as u64) << (8 * middle)
                    | (word[last] as u64) << (8 * last)
            }
        },
    };
    (head, head << (64 - 8 * len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_however_they_are_joined() {
        for (name, words) in [
            ("clientSecret", &["Secret", "client"][..]),
            ("X-Api-Key2", &["Key", "Api", "X"]),
            ("APIKey", &["Key", "API"]),
            ("fooBAR", &["BAR", "foo"]),
            ("sha256Sum", &["Sum", "sha"]),
            ("_", &[]),
            ("größe_pin", &["pin", "e", "gr"]),
        ] {
            let mut rest = name.as_bytes();
            let mut found = Vec::new();
            while let Some(segment) = Segment::pop(&mut rest) {
                found.push(String::from_utf8_lossy(segment.letters).into_owned());
            }
            assert_eq!(found, words, "{name}");
        }
    }

    #[test]
    fn words_of_every_length_are_compared_to_their_last_letter() {
        let alphabet = b"abcdefghijklmnop";
        for len in 1..=alphabet.len() {
            let word = &alphabet[..len];
            let upper = word.to_ascii_uppercase();
            assert!(Folded::new(word) == Folded::new(&upper), "{len}");
            for place in 0..len {
                let mut other = word.to_vec();
                other[place] = b'z';
                assert!(Folded::new(word) != Folded::new(&other), "{len} {place}");
            }
        }
    }
}
