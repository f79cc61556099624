//! Which tokens a block has: in go their numbers, out comes a filter of about a byte for each,
//! which never denies one that is there and rarely admits one that is not.

use std::collections::HashSet;

/// Bits for each token.
const BITS: usize = 8;

/// How many of them a token sets.
const HASHES: u64 = 5;

/// A Bloom filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// The bits.
    Bits(Vec<u8>),
    /// A block that could not be looked into whole: it has to be read.
    Unknown,
}

impl Filter {
    pub(super) fn of(tokens: &HashSet<u64, impl std::hash::BuildHasher>) -> Self {
        let mut bits = vec![0; (tokens.len() * BITS).div_ceil(8).max(1)];
        for token in tokens {
            for place in places(*token, bits.len()) {
                if let Some(byte) = bits.get_mut(place / 8) {
                    *byte |= 1 << (place % 8);
                }
            }
        }
        Self::Bits(bits)
    }

    /// Whether the block may have this token.
    pub(super) fn may_have(&self, token: u64) -> bool {
        match self {
            Self::Bits(bits) => places(token, bits.len()).all(|place| {
                bits.get(place / 8).is_some_and(|byte| byte & (1 << (place % 8)) != 0)
            }),
            Self::Unknown => true,
        }
    }

    /// Its bytes; none for one that knows nothing.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bits(bits) => bits,
            Self::Unknown => &[],
        }
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        if bytes.is_empty() { Self::Unknown } else { Self::Bits(bytes.to_vec()) }
    }
}

/// The bits of a token in so many bytes: two halves of one good number make any number of places.
fn places(token: u64, bytes: usize) -> impl Iterator<Item = usize> {
    let (one, other) = (token & 0xFFFF_FFFF, (token >> 32) | 1);
    let bits = bytes as u64 * 8;
    (0..HASHES).map(move |at| ((one + at * other) % bits) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::index::number;

    #[test]
    fn a_filter_denies_nothing_it_was_told_and_most_of_what_it_was_not() {
        let token = |at: u32| number(format!("req-{at:08}").as_bytes());
        let filter = Filter::of(&(0..3000).map(token).collect::<HashSet<u64>>());
        assert!((0..3000).all(|at| filter.may_have(token(at))));
        let wrong = (3000..13_000).filter(|at| filter.may_have(token(*at))).count();
        assert!(wrong < 400, "{wrong} of 10000");
        assert_eq!(Filter::from_bytes(filter.bytes()), filter);
    }
}
