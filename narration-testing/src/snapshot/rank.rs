//! An order for what has none, by what is said alone.
//!
//! In: lines. Out: [`Ranks`], which compare branches without looking at the
//! values of ids: those are told apart by the lines they stand in, so that two
//! branches that read alike still come in the same order when the story tells
//! them apart elsewhere.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::order::Step;
use super::part::{Line, Part, hash_parts};

/// How often what is known of lines is passed on to their ids, and back.
const ROUNDS: usize = 4;

/// What is known of ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranks {
    known: HashMap<(String, String), u64>,
}

impl Ranks {
    /// Learns what each id stands in.
    pub(crate) fn learn(lines: &[Line]) -> Self {
        let mut ranks = Self::default();
        for _ in 0..ROUNDS {
            let mut seen: HashMap<(String, String), Vec<u64>> = HashMap::new();
            for line in lines {
                let whole = ranks.hash(line);
                for (place, part) in line.parts().enumerate() {
                    if let Part::Id { kind, value } = part {
                        let at = (whole, place);
                        seen.entry((kind.clone(), value.clone())).or_default().push(hash(&at));
                    }
                }
            }
            let learnt = seen.into_iter().map(|(id, mut places)| {
                places.sort_unstable();
                (id, hash(&places))
            });
            ranks.known = learnt.collect();
        }
        ranks
    }

    fn hash(&self, line: &Line) -> u64 {
        let mut hasher = DefaultHasher::new();
        let known = |kind: &str, value: &str| self.known(kind, value);
        hash_parts(line.parts(), known, &mut hasher);
        hasher.finish()
    }

    fn known(&self, kind: &str, value: &str) -> u64 {
        self.known.get(&(kind.to_owned(), value.to_owned())).copied().unwrap_or_default()
    }

    /// What a branch is sorted by: its words, then what is known of its ids.
    pub(crate) fn of(&self, branch: &[Step], lines: &[Line]) -> (String, u64) {
        let mut told = Vec::new();
        collect(branch, &mut told);
        let lines = || told.iter().filter_map(|index| lines.get(*index));
        let mut words = String::new();
        for line in lines() {
            for part in line.parts() {
                words.push_str(match part {
                    Part::Text(text) => text,
                    Part::Id { kind, .. } => kind,
                });
            }
            words.push('\n');
        }
        (words, hash(&lines().map(|line| self.hash(line)).collect::<Vec<_>>()))
    }
}

fn collect(steps: &[Step], told: &mut Vec<usize>) {
    for step in steps {
        match step {
            Step::Told(index) => told.push(*index),
            Step::Within(steps) => collect(steps, told),
            Step::Concurrent(branches) => branches.iter().for_each(|branch| collect(branch, told)),
        }
    }
}

/// The same for the same value in every process.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
