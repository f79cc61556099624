//! Ids that count up: in go the tokens of a block, out come ranges that hold most of these in a
//! few bytes, however many there are.
//!
//! Numbers of jobs, orders and messages, and UUIDs that begin with the time, grow along a log.
//! Those of one block lie between two of them, so that both ends say as much as a filter of all.

use foldhash::{HashMap, HashMapExt as _};

use super::number;
use super::tokens::Token;
use crate::logs::bytes::{Reader, put};

/// Fewer than these are as small in a filter.
const LEAST: usize = 16;

/// What is further apart does not belong together: an old id that is told again.
const GAP: u64 = 4096;

/// The place of an id in its series: `job-17`, or a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    /// Which series, by what stands before the number.
    of: u32,
    at: u64,
}

impl Member {
    /// Nothing where a run does not end in a number.
    pub(super) fn of(run: &[u8]) -> Option<Self> {
        if let Some((before, at)) = timed(run) {
            return Some(Self { of: !(number(before) as u32), at });
        }
        let digits = run.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let (before, digits) = run.split_at(run.len() - digits);
        let at = std::str::from_utf8(digits).ok()?.parse().ok()?;
        Some(Self { of: number(before) as u32, at })
    }
}

/// What stands before a UUID of version 7, and its milliseconds.
fn timed(run: &[u8]) -> Option<(&[u8], u64)> {
    let (before, uuid) = run.split_at(run.len().checked_sub(36)?);
    let dashed = [8, 13, 18, 23].iter().all(|at| uuid.get(*at) == Some(&b'-'));
    if !dashed || uuid.get(14) != Some(&b'7') {
        return None;
    }
    let [high, low] = [uuid.get(..8)?, uuid.get(9..13)?].map(|hex| std::str::from_utf8(hex).ok());
    let [high, low] = [high?, low?].map(|hex| u64::from_str_radix(hex, 16).ok());
    Some((before, high? << 16 | low?))
}

/// All ids of a series between two, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    of: u32,
    from: u64,
    to: u64,
}

impl Range {
    /// Whether it holds an id.
    pub(super) fn has(&self, member: Member) -> bool {
        self.of == member.of && (self.from..=self.to).contains(&member.at)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put::number(out, u64::from(self.of));
        put::number(out, self.from);
        put::number(out, self.to - self.from);
    }

    pub(super) fn read(bytes: &mut Reader<'_>) -> Self {
        let (of, from) = (bytes.number() as u32, bytes.number());
        Self { of, from, to: from.saturating_add(bytes.number()) }
    }
}

/// Takes out of the tokens, which come in the order of the log, those that ranges hold.
pub(super) fn ranges(tokens: &mut Vec<Token>) -> Vec<Range> {
    let mut series: HashMap<u32, Vec<u64>> = HashMap::new();
    for member in tokens.iter().filter_map(|token| token.member) {
        series.entry(member.of).or_default().push(member.at);
    }
    let mut ranges = Vec::new();
    for (of, mut numbers) in series.into_iter().filter(|(_, numbers)| counts_up(numbers)) {
        numbers.sort_unstable();
        for run in numbers.chunk_by(|one, next| next - one <= GAP).filter(|run| run.len() >= LEAST)
        {
            if let [from, .., to] = *run {
                ranges.push(Range { of, from, to });
            }
        }
    }
    // The same log makes the same file.
    ranges.sort_unstable();
    tokens.retain(|token| !token.member.is_some_and(|one| ranges.iter().any(|all| all.has(one))));
    ranges
}

/// Whether numbers grow in the order they were told in, give or take. Those drawn at random lie in
/// the range of every block, which would tell the blocks no more apart.
fn counts_up(numbers: &[u64]) -> bool {
    let grows = numbers.windows(2).filter(|pair| pair.is_sorted()).count();
    numbers.len() >= LEAST && grows * 4 >= (numbers.len() - 1) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges_of(ids: impl Iterator<Item = String>) -> (usize, usize) {
        let mut tokens: Vec<Token> = ids.map(|id| Token::of(id.as_bytes())).collect();
        let before = tokens.clone();
        let ranges = ranges(&mut tokens);
        for token in before {
            let held = token.member.is_some_and(|one| ranges.iter().any(|range| range.has(one)));
            assert!(held || tokens.contains(&token));
        }
        (ranges.len(), tokens.len())
    }

    #[test]
    fn ids_that_count_up_take_a_range_and_others_stay() {
        assert_eq!(ranges_of((0..500).map(|at| format!("job-{}", 90_000 + at * 3))), (1, 0));
        let uuid = |at: u64| format!("req-0198c5f2-{:04x}-7b1e-9d4f-2a6b8c{at:06x}", at * 40);
        assert_eq!(ranges_of((0..500).map(uuid)), (1, 0));
        // An old one that is told again does not widen the range.
        let old = std::iter::once("job-7".to_owned());
        assert_eq!(ranges_of(old.chain((0..50).map(|at| format!("job-{}", 90_000 + at)))), (1, 1));
        let random = |at: u64| format!("user-{}", at.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 5000);
        assert_eq!(ranges_of((0..500).map(random)).0, 0);
        assert_eq!(ranges_of((0..15).map(|at| format!("job-{at}"))), (0, 15));
    }

    #[test]
    fn a_range_reads_back() {
        let range = Range { of: u32::MAX, from: 1 << 47, to: (1 << 47) + 300 };
        let mut bytes = Vec::new();
        range.write(&mut bytes);
        assert_eq!(Range::read(&mut Reader::of(&bytes)), range);
    }
}
