//! Which tokens there are: in go their numbers, out comes a filter of a byte for each, which
//! never denies one that is there and admits one in forty-five that is not.
//!
//! Blocks that are read in vain are what a question costs: with six bits they are two and a half
//! times as many.

/// Bits for each token.
const BITS: usize = 8;

/// How many of them a token sets.
const HASHES: u64 = 5;

/// A Bloom filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter(Vec<u8>);

impl Filter {
    pub(super) fn of(tokens: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut bits = vec![0; (tokens.len() * BITS).div_ceil(8)];
        for token in tokens {
            for place in places(token, bits.len()) {
                if let Some(byte) = bits.get_mut(place / 8) {
                    *byte |= 1 << (place % 8);
                }
            }
        }
        Self(bits)
    }

    /// Whether this token may be among them.
    pub(super) fn may_have(&self, token: u64) -> bool {
        let Self(bits) = self;
        let is_set =
            |place: usize| bits.get(place / 8).is_some_and(|byte| byte & (1 << (place % 8)) != 0);
        !bits.is_empty() && places(token, bits.len()).all(is_set)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
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
        let filter = Filter::of((0..3000).map(token).collect::<Vec<u64>>().into_iter());
        assert!((0..3000).all(|at| filter.may_have(token(at))));
        let wrong = (3000..13_000).filter(|at| filter.may_have(token(*at))).count();
        assert!(wrong < 400, "{wrong} of 10000");
        assert_eq!(Filter::from_bytes(filter.bytes()), filter);
    }
}
