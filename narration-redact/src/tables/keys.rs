//! Where pairs of bytes stand in the tables: a block of text goes in, the keys of its pairs come
//! out.

use super::{BLOCK, PAIRS, THIRDS};

/// The bits of a pair that count: of either byte the five in which the cases of a letter are the
/// same, and the one that only letters and what stands beside them have.
const FOLD: u16 = 0x5f5f;
/// How far a pair is moved to lie upon itself. The twelve bits that count are then as many in a row,
/// and no two pairs are the same: each bit of the right byte is alone somewhere, and says what lies
/// upon the left one.
const UPON: u32 = 7;
const ROW: u16 = PAIRS as u16 - 1;

/// Where two zeros stand, as behind the end of a text.
pub(crate) const NOTHING: u16 = key(0);

/// Where a pair of bytes stands, the left one below.
#[inline]
pub(crate) const fn key(pair: u16) -> u16 {
    let folded = pair & FOLD;
    ((folded ^ folded >> UPON) & ROW) * THIRDS as u16
}

/// Where the pairs of a block stand, from its first two bytes on.
///
/// All are made at once, in steps that the compiler takes for the whole block together.
#[inline]
pub(crate) fn keys(block: &[u8; BLOCK]) -> [u16; BLOCK / 2] {
    let (pairs, _) = block.as_chunks();
    std::array::from_fn(|index| key(u16::from_le_bytes(pairs[index])))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn pairs_have_one_key_if_they_are_the_same_but_for_case() {
        let mut pairs = (0..=u16::MAX).map(|pair| (pair & FOLD, key(pair))).collect::<HashSet<_>>();
        assert_eq!(pairs.len(), PAIRS);
        let keys: HashSet<_> = pairs.drain().map(|(_, key)| usize::from(key)).collect();
        assert_eq!((keys.len(), keys.iter().max()), (PAIRS, Some(&(THIRDS * (PAIRS - 1)))));
        assert_eq!(key(u16::from_le_bytes(*b"aZ")), key(u16::from_le_bytes(*b"Az")));
    }
}
