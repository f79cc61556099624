//! Inputs near those that are known to matter.
//!
//! In: seeds, and the words of a target. Out: a strategy whose values are seeds
//! with some edits, which shrinks towards fewer edits.

use std::fmt;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

/// An input, shown as text where it is one.
#[derive(Clone)]
pub(crate) struct Input(pub(crate) Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

#[derive(Clone, Debug)]
enum Edit {
    /// Puts a word of the target in.
    Word(Index, Index),
    /// Puts bytes in.
    Bytes(Index, Vec<u8>),
    /// Takes a stretch out.
    Remove(Index, Index),
    /// Says a stretch again, somewhere.
    Repeat(Index, Index, Index),
    /// Changes a byte.
    Change(Index, u8),
    /// Goes on with another seed.
    Splice(Index, Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(at, word)| Edit::Word(at, word)),
        (at(), prop::collection::vec(any::<u8>(), 1..5)).prop_map(|(at, new)| Edit::Bytes(at, new)),
        (at(), "\\PC{1,3}").prop_map(|(at, new)| Edit::Bytes(at, new.into_bytes())),
        (at(), at()).prop_map(|(from, length)| Edit::Remove(from, length)),
        (at(), at(), at()).prop_map(|(from, length, to)| Edit::Repeat(from, length, to)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Change(at, byte)),
        (at(), at(), at()).prop_map(|(at, seed, from)| Edit::Splice(at, seed, from)),
    ]
}

/// Seeds with up to eight edits.
pub(crate) fn of(
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
) -> impl Strategy<Value = Input> {
    let seeds: Arc<[Vec<u8>]> = seeds.into();
    (any::<Index>(), prop::collection::vec(edit(), 0..8)).prop_map(move |(seed, edits)| {
        let mut data = seed.get(&seeds).clone();
        edits.iter().for_each(|edit| apply(edit, &mut data, &seeds, words));
        Input(data)
    })
}

fn apply(edit: &Edit, data: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str]) {
    // A place may also be the end.
    let place = |at: &Index, data: &[u8]| at.index(data.len() + 1);
    let stretch = |from: &Index, length: &Index, data: &[u8]| {
        let from = place(from, data);
        from..from + length.index((data.len() - from).min(64) + 1)
    };
    match edit {
        Edit::Word(at, word) => insert(data, place(at, data), word.get(words).as_bytes()),
        Edit::Bytes(at, new) => insert(data, place(at, data), new),
        Edit::Remove(from, length) => drop(data.drain(stretch(from, length, data))),
        Edit::Repeat(from, length, to) => {
            let again = data[stretch(from, length, data)].to_vec();
            insert(data, place(to, data), &again);
        }
        Edit::Change(at, byte) => {
            if !data.is_empty() {
                *at.get_mut(data) = *byte;
            }
        }
        Edit::Splice(at, seed, from) => {
            let other = seed.get(seeds);
            data.truncate(place(at, data));
            data.extend_from_slice(&other[place(from, other)..]);
        }
    }
}

fn insert(data: &mut Vec<u8>, at: usize, new: &[u8]) {
    data.splice(at..at, new.iter().copied());
}
