//! What is known of a block of a log: in go its tokens, out comes whether it may have one, which
//! never denies one that is there and rarely admits one that is not.

use foldhash::HashSet;

use super::filter::Filter;
use super::series::{self, Range};
use super::tokens::Token;
use crate::logs::bytes::{Reader, put};

/// The tokens of a block, each once, in the order of the log.
#[derive(Default)]
pub(super) struct Tokens {
    known: HashSet<u64>,
    list: Vec<Token>,
}

impl Tokens {
    pub(super) fn add(&mut self, run: &[u8]) {
        let number = super::number(run);
        if self.known.insert(number) {
            self.list.push(Token::of(run));
        }
    }
}

/// What is known of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Known {
        /// The ids that count up.
        ranges: Vec<Range>,
        /// All others.
        filter: Filter,
    },
    /// It could not be looked into whole: it has to be read.
    Unknown,
}

impl Block {
    pub(super) fn of(mut tokens: Tokens) -> Self {
        let ranges = series::ranges(&mut tokens.list);
        Self::Known { ranges, filter: Filter::of(tokens.list.iter().map(|token| token.number)) }
    }

    /// Whether the block may have this token.
    pub(super) fn may_have(&self, token: &Token) -> bool {
        match self {
            Self::Known { ranges, filter } => {
                filter.may_have(token.number)
                    || token.member.is_some_and(|one| ranges.iter().any(|range| range.has(one)))
            }
            Self::Unknown => true,
        }
    }

    /// Its bytes; none for one that nothing is known of.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Self::Known { ranges, filter } = self {
            put::number(&mut bytes, ranges.len() as u64);
            ranges.iter().for_each(|range| range.write(&mut bytes));
            bytes.extend_from_slice(filter.bytes());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Unknown;
        }
        let mut rest = Reader::of(bytes);
        let ranges = (0..rest.number()).map(|_| Range::read(&mut rest)).collect();
        Self::Known { ranges, filter: Filter::from_bytes(rest.rest()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_is_there_is_denied(
            ids in proptest::collection::vec("(job-|req-|n_)[0-9a-f]{1,18}|[a-z]{6,9}", 0..200),
            (first, step) in (0..u64::MAX / 2, 1..5000_u64),
        ) {
            let counted = (0..60).map(|at| format!("job-{}", first + at * step));
            let ids: Vec<String> = ids.into_iter().chain(counted).collect();
            let mut tokens = Tokens::default();
            ids.iter().for_each(|id| tokens.add(id.as_bytes()));
            let block = Block::of(tokens);
            let back = Block::from_bytes(&block.bytes());
            prop_assert!(ids.iter().all(|id| back.may_have(&Token::of(id.as_bytes()))));
            prop_assert_eq!(back, block);
        }
    }

    #[test]
    fn of_what_could_not_be_looked_into_everything_may_be_there() {
        let back = Block::from_bytes(&Block::Unknown.bytes());
        assert!(back.may_have(&Token::of(b"req-7")));
        assert!(!Block::of(Tokens::default()).may_have(&Token::of(b"req-7")));
    }
}
