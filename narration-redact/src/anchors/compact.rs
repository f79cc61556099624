//! Anchors as they are looked for: what they are written down as goes in, a few words that are
//! compared at once come out.

use super::{COUNT, Clue, MAX_PLACES, PATTERNS, Pattern, Place};
use crate::bytes;

/// An anchor: what stands at its places, and what that gives away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor {
    pub(crate) clue: Clue,
    len: u8,
    /// The other places that do not admit every byte, as bits.
    others: u8,
    /// The kinds of these places.
    kinds: [u8; MAX_PLACES],
    /// The bits of the places that hold one byte or one letter, and what these are.
    mask: u64,
    wanted: u64,
}

impl Anchor {
    /// Whether the anchor stands at a place of a text.
    #[inline]
    pub(crate) fn stands_at(&self, text: &[u8], start: usize) -> bool {
        let rest = text.get(start..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(word) => *word,
            None if rest.len() < usize::from(self.len) => return false,
            None => bytes::padded(rest),
        };
        u64::from_le_bytes(word) & self.mask == self.wanted && self.others_admit(word)
    }

    #[inline]
    fn others_admit(&self, word: [u8; MAX_PLACES]) -> bool {
        let mut others = self.others;
        while others != 0 {
            let place = others.trailing_zeros() as usize % MAX_PLACES;
            if KINDS.admitted[usize::from(word[place])] >> self.kinds[place] & 1 == 0 {
                return false;
            }
            others &= others - 1;
        }
        true
    }
}

/// The kinds of places that hold neither one byte nor one letter.
struct Kinds {
    places: [Place; MOST],
    len: usize,
    /// The kinds that admit each byte, as bits.
    admitted: [u64; 256],
}

/// How many kinds there may be; the compiler tells of more.
const MOST: usize = 64;

static KINDS: Kinds = {
    let mut kinds = Kinds { places: [Place::NotOf(0); MOST], len: 0, admitted: [0; 256] };
    let (mut index, mut byte) = (0, 0_usize);
    while index < COUNT * MAX_PLACES {
        let place = PATTERNS[index / MAX_PLACES].places[index % MAX_PLACES];
        if place.is_of_a_kind() && kind(&kinds, place) == kinds.len {
            kinds.places[kinds.len] = place;
            kinds.len += 1;
        }
        index += 1;
    }
    while byte < 256 * MOST {
        if kinds.places[byte % MOST].admits((byte / MOST) as u8) {
            kinds.admitted[byte / MOST] |= 1 << (byte % MOST);
        }
        byte += 1;
    }
    kinds
};

/// Which of the kinds a place is of; their number if it is of none.
const fn kind(kinds: &Kinds, place: Place) -> usize {
    let mut kind = 0;
    while kind < kinds.len && !kinds.places[kind].is_like(place) {
        kind += 1;
    }
    kind
}

impl Place {
    /// Whether the place holds neither one byte nor one letter, nor any byte at all.
    const fn is_of_a_kind(self) -> bool {
        !matches!(self, Self::Byte(_) | Self::Letter(_) | Self::NotOf(0))
    }

    /// Whether two places are written down alike.
    const fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Of(left), Self::Of(right)) | (Self::NotOf(left), Self::NotOf(right)) => {
                left == right
            }
            (Self::OneOf(left), Self::OneOf(right)) => {
                let mut index = 0;
                while index < left.len() && index < right.len() && left[index] == right[index] {
                    index += 1;
                }
                index == left.len() && index == right.len()
            }
            _ => false,
        }
    }

    /// The bits of a byte that are always the same here, and what they are.
    pub(crate) const fn fixed(self) -> (u8, u8) {
        match self {
            Self::Byte(byte) => (0xff, byte),
            // Letters of both cases differ in one bit.
            Self::Letter(letter) => (!0x20, letter & !0x20),
            _ => (0, 0),
        }
    }
}

const fn compacted(pattern: &Pattern) -> Anchor {
    let (mut mask, mut wanted, mut place) = ([0; MAX_PLACES], [0; MAX_PLACES], 0);
    let (mut others, mut kinds) = (0, [0; MAX_PLACES]);
    while place < pattern.len {
        let here = pattern.places[place];
        (mask[place], wanted[place]) = here.fixed();
        if here.is_of_a_kind() {
            others |= 1 << place;
            kinds[place] = kind(&KINDS, here) as u8;
        }
        place += 1;
    }
    let (mask, wanted) = (u64::from_le_bytes(mask), u64::from_le_bytes(wanted));
    Anchor { clue: pattern.clue, len: pattern.len as u8, others, kinds, mask, wanted }
}

/// All anchors.
pub(super) const fn all() -> [Anchor; COUNT] {
    let mut all = [compacted(&PATTERNS[0]); COUNT];
    let mut index = 1;
    while index < COUNT {
        all[index] = compacted(&PATTERNS[index]);
        index += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors::ANCHORS;

    #[test]
    fn an_anchor_stands_where_each_of_its_places_admits_what_is_there() {
        for (anchor, pattern) in ANCHORS.iter().zip(&PATTERNS) {
            let admitted = |place: &Place| (b' '..=u8::MAX).find(|&byte| place.admits(byte));
            let body: Vec<u8> = pattern.places().iter().filter_map(admitted).collect();
            for behind in 0..4 {
                let text = [&b"ab"[..], &body, &vec![b' '; behind]].concat();
                assert!(anchor.stands_at(&text, 2), "{:?}", anchor.clue);
                for (index, place) in pattern.places().iter().enumerate() {
                    for byte in (0..=u8::MAX).filter(|&byte| !place.admits(byte)) {
                        let mut other = text.clone();
                        other[index + 2] = byte;
                        assert!(!anchor.stands_at(&other, 2), "{:?} {index} {byte}", anchor.clue);
                    }
                }
            }
            assert!(!anchor.stands_at(&body[..body.len() - 1], 0), "{:?}", anchor.clue);
        }
    }
}
