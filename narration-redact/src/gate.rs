//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only, and at the
//! bytes there in pairs: a table tells of which of 64 groups of anchors a pair is the first half,
//! and of which the second. Where two neighbouring pairs have a group in common, an anchor may
//! stand. Text without any passes at a fraction of a nanosecond per byte.

use crate::{
    anchors::{ANCHORS, Anchor},
    tables::{Member, TABLES, Tables, keys},
};

/// An even place where four bytes of an anchor may stand, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
    bytes: u32,
}

/// How many bytes are looked at together.
const BLOCK: usize = 16;
/// The bytes of a word, four pairs.
const WORD: usize = 8;

/// What to do after a hit.
pub(crate) enum Step<T> {
    /// Look at the next place.
    On,
    /// Go on at this even place, if it is further.
    To(usize),
    /// Stop, with this.
    Done(T),
}

/// The first even place at or behind another from which on a block may hold an anchor.
#[inline]
pub(crate) fn first_block(text: &[u8], even: usize) -> Option<usize> {
    let (blocks, rest) = text.get(even..).unwrap_or_default().as_chunks::<BLOCK>();
    let mut previous = 0;
    for (index, block) in blocks.iter().enumerate() {
        if any_group(block, &mut previous) {
            return Some(with_previous(even, index));
        }
    }
    let (words, last) = rest.as_chunks::<WORD>();
    let mut any = any_group(words.as_flattened(), &mut previous);
    if !last.is_empty() {
        let word = word_at(text, text.len() - last.len());
        any |= any_group(&word.to_le_bytes(), &mut previous);
    }
    any.then_some(with_previous(even, blocks.len()))
}

/// The start of a block, or the place before it, whose window reaches into it.
fn with_previous(even: usize, index: usize) -> usize {
    even + (index * BLOCK).saturating_sub(2)
}

/// Whether two neighbouring pairs of some words have a group in common. `previous` holds the
/// groups of the pair before them, and afterwards those of the last pair.
#[inline]
fn any_group(words: &[u8], previous: &mut u64) -> bool {
    let mut groups = 0;
    for word in words.as_chunks::<WORD>().0 {
        let [a, b, c, d] = groups_in(u64::from_le_bytes(*word), previous);
        groups |= a | b | c | d;
    }
    groups != 0
}

/// The groups that the pair before each pair of a word has in common with it.
#[inline]
fn groups_in(word: u64, previous: &mut u64) -> [u64; 4] {
    let Tables { first, second, .. } = &TABLES;
    let [a, b, c, d] = keys(word);
    let groups =
        [*previous & second[a], first[a] & second[b], first[b] & second[c], first[c] & second[d]];
    *previous = first[d];
    groups
}

/// The word at a place; behind the end of the text stand zeros, which no anchor has.
#[inline]
fn word_at(text: &[u8], place: usize) -> u64 {
    let rest = text.get(place..).unwrap_or_default();
    if let Some(word) = rest.first_chunk::<WORD>() {
        return u64::from_le_bytes(*word);
    }
    if let Some(last) = text.last_chunk::<WORD>() {
        let shift = 8 * (WORD - rest.len()) as u32;
        return u64::from_le_bytes(*last).checked_shr(shift).unwrap_or(0);
    }
    rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// Hands the hits at or behind an even place to `visit`, until it is done or a place is reached.
#[inline]
pub(crate) fn search<T>(
    text: &[u8],
    even: usize,
    upto: usize,
    mut visit: impl FnMut(Hit) -> Step<T>,
) -> Option<T> {
    let (mut next, mut groups_before, mut word_before) = (even, 0, 0);
    while next < upto {
        let word = word_at(text, next);
        let groups = groups_in(word, &mut groups_before);
        let [a, b, c, d] = groups;
        if a | b | c | d != 0 {
            // The first window reaches back to the pair before the word.
            let windows = u128::from(word) << 16 | u128::from(word_before >> 48);
            match visit_word(next, &groups, windows, &mut visit) {
                Step::On => {}
                Step::To(far) => {
                    (next, groups_before) = (far, 0);
                    continue;
                }
                Step::Done(found) => return Some(found),
            }
        }
        word_before = word;
        next += WORD;
    }
    None
}

/// Visits the hits of the word at a place.
#[inline(never)]
fn visit_word<T>(
    word: usize,
    groups: &[u64; 4],
    windows: u128,
    visit: &mut impl FnMut(Hit) -> Step<T>,
) -> Step<T> {
    let mut hits = hits_in(groups);
    while hits != 0 {
        let index = hits.trailing_zeros() as usize % groups.len();
        hits &= hits - 1;
        let place = word + 2 * index - 2;
        let bytes = (windows >> (16 * index)) as u32;
        match visit(Hit { place, groups: groups[index], bytes }) {
            Step::To(far) if far > place + 2 => return Step::To(far),
            Step::Done(found) => return Step::Done(found),
            Step::To(_) | Step::On => {}
        }
    }
    Step::On
}

/// Which of a word's pairs have a group in common with the pair before them, as bits.
#[inline]
fn hits_in(groups: &[u64; 4]) -> u32 {
    let [a, b, c, d] = groups.map(|groups| u32::from(groups != 0));
    a | b << 1 | c << 2 | d << 3
}

/// Hands the members of a hit's groups whose fixed bytes are those of the text to `take`, until
/// it gives something back.
#[inline]
fn try_members<T>(hit: Hit, mut take: impl FnMut(&'static Member) -> Option<T>) -> Option<T> {
    let mut groups = hit.groups;
    while groups != 0 {
        let group = groups.trailing_zeros() as usize;
        groups &= groups - 1;
        let range = usize::from(TABLES.starts[group])..usize::from(TABLES.starts[group + 1]);
        for member in TABLES.members.get(range).unwrap_or_default() {
            if hit.bytes & member.mask == member.wanted
                && let Some(taken) = take(member)
            {
                return Some(taken);
            }
        }
    }
    None
}

/// Hands every anchor that really stands where a hit says, and where it starts, to `take`, until
/// it gives something back.
#[inline]
pub(crate) fn try_anchors<T>(
    text: &[u8],
    hit: Hit,
    mut take: impl FnMut(&'static Anchor, usize) -> Option<T>,
) -> Option<T> {
    try_members(hit, |member| {
        let start = hit.place.checked_sub(usize::from(member.offset))?;
        let anchor = ANCHORS.get(usize::from(member.anchor))?;
        if anchor.stands_at(text, start) { take(anchor, start) } else { None }
    })
}

/// Whether any anchor stands in a text.
#[cfg(test)]
pub(crate) fn opens(text: &[u8]) -> bool {
    let opens = |hit| match try_anchors(text, hit, |_, _| Some(())) {
        Some(()) => Step::Done(()),
        None => Step::On,
    };
    search(text, 0, text.len(), opens).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_anchor_is_found_at_even_and_at_odd_places() {
        for anchor in &ANCHORS {
            let body: Vec<u8> = anchor
                .places()
                .iter()
                .map(|place| {
                    let mut signs = (b' '..=b'~').rev().chain(0x80..=u8::MAX);
                    signs.find(|&byte| place.admits(byte)).unwrap()
                })
                .collect();
            for before in 0..40 {
                for behind in [0, 1, 20] {
                    let text = [vec![b' '; before], body.clone(), vec![b' '; behind]].concat();
                    let is_it = |other: &Anchor, start| {
                        (start == before && std::ptr::eq(other, anchor)).then_some(())
                    };
                    let found =
                        search(&text, 0, text.len(), |hit| match try_anchors(&text, hit, is_it) {
                            Some(()) => Step::Done(()),
                            None => Step::On,
                        })
                        .is_some();
                    assert!(found, "{:?} at {before}", anchor.clue);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_anchor_slips_through(text in "[a-zA-Z:/@=%|_. -]{0,80}") {
            let bytes = text.as_bytes();
            let any = (0..bytes.len()).any(|start| ANCHORS.iter().any(|anchor| anchor.stands_at(bytes, start)));
            prop_assert_eq!(opens(bytes), any);
        }
    }
}
