//! Did you mean …?
//!
//! In: a wrong name and the known ones. Out: the known one that was most
//! likely meant, the same one whatever the order of the known ones.

use strsim::damerau_levenshtein;

/// Longer words are compared whole or not at all: distance takes time by the product.
const MAX_COMPARED_LEN: usize = 128;

/// The shortest part of a name that says something about the rest.
const MIN_PART_LEN: usize = 3;

/// Finds the known name that was meant: the same but for case and `-`/`_`;
/// else the same words in another order; else the one that is nearest by
/// beginning, end or spelling. `None` where nothing is near.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.is_empty() || wrong.len() > MAX_COMPARED_LEN {
        return None;
    }
    let wrong = Folded::new(wrong);
    known
        .into_iter()
        .filter(|name| !name.is_empty() && name.len() <= MAX_COMPARED_LEN)
        .filter_map(|name| Some((wrong.cost(&Folded::new(name))?, name)))
        .min()
        .map(|(_, name)| name)
}

/// From this length on a word may have two slips and still be recognised.
const SHORT_WORD_LEN: usize = 5;

/// How far off a name is; the order of the variants is the order of likelihood.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    Same,
    Reordered,
    /// Characters to change, add or leave out.
    Edits(usize),
}

/// A name without the differences that are no mistake but a habit.
struct Folded {
    text: String,
    len: usize,
    /// One bit for each character that occurs, so that most names are told
    /// apart without measuring the distance.
    letters: u64,
}

impl Folded {
    fn new(name: &str) -> Self {
        let text: String = name
            .chars()
            .map(|c| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() })
            .collect();
        let letters = text.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64));
        Self { len: text.chars().count(), letters, text }
    }

    fn cost(&self, other: &Self) -> Option<Cost> {
        if self.text == other.text {
            return Some(Cost::Same);
        }
        if self.len == other.len && self.words() == other.words() {
            return Some(Cost::Reordered);
        }
        self.part_cost(other).into_iter().chain(self.distance(other)).min().map(Cost::Edits)
    }

    fn words(&self) -> Vec<&str> {
        let mut words: Vec<_> = self.text.split('-').collect();
        words.sort_unstable();
        words
    }

    /// What is left when one is the beginning or the end of the other.
    fn part_cost(&self, other: &Self) -> Option<usize> {
        let (short, long) = if self.len < other.len { (self, other) } else { (other, self) };
        let is_part = short.len >= MIN_PART_LEN
            && (long.text.starts_with(&short.text) || long.text.ends_with(&short.text));
        is_part.then(|| long.len - short.len)
    }

    /// The edit distance, where it is at most a third of the length, and two slips in a short word.
    fn distance(&self, other: &Self) -> Option<usize> {
        let len = self.len.max(other.len);
        let most = (len / 3).max(if len < SHORT_WORD_LEN { 1 } else { 2 });
        let at_least =
            self.len.abs_diff(other.len).max((self.letters & !other.letters).count_ones() as usize);
        if at_least > most {
            return None;
        }
        Some(damerau_levenshtein(&self.text, &other.text)).filter(|distance| *distance <= most)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACTIONS: [&str; 6] =
        ["cmake-build", "cmake-failed", "cmake", "spawn", "download", "verify-failed"];

    #[test]
    fn what_was_meant_is_found() {
        for (wrong, meant) in [
            ("Cmake_Build", "cmake-build"),
            ("build-cmake", "cmake-build"),
            ("spawned", "spawn"),
            ("sapwn", "spawn"),
            ("swapn", "spawn"),
            ("cmake-faild", "cmake-failed"),
            ("failed", "cmake-failed"),
            ("downlaod", "download"),
        ] {
            assert_eq!(nearest(wrong, ACTIONS), Some(meant), "{wrong}");
        }
    }

    #[test]
    fn what_is_far_is_not_guessed() {
        for wrong in ["", "x", "ok", "teardown", "zzzzzzzz"] {
            assert_eq!(nearest(wrong, ACTIONS), None, "{wrong}");
        }
        assert_eq!(nearest("pool_ids", []), None);
    }

    #[test]
    fn a_monstrous_name_is_not_measured() {
        assert_eq!(nearest(&"a".repeat(10_000_000), ACTIONS), None);
    }

    proptest! {
        #[test]
        fn the_order_of_the_known_does_not_matter(
            wrong in "[a-c_-]{0,8}",
            mut known in proptest::collection::vec("[a-c_-]{0,8}", 0..8),
        ) {
            let there = nearest(&wrong, known.iter().map(String::as_str)).map(str::to_owned);
            known.reverse();
            let back = nearest(&wrong, known.iter().map(String::as_str)).map(str::to_owned);
            prop_assert_eq!(there, back);
        }

        #[test]
        fn a_known_name_is_nearest_to_itself(
            known in proptest::collection::btree_set("[a-d]{1,8}", 1..8),
            index in any::<proptest::sample::Index>(),
        ) {
            let known: Vec<_> = known.iter().map(String::as_str).collect();
            let name = *index.get(&known);
            prop_assert_eq!(nearest(name, known), Some(name));
        }
    }
}
