//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only, and at the
//! bytes there in pairs: a table tells of which of 64 groups of anchors a pair is the first half,
//! and of which the second. Where two neighbouring pairs have a group in common, an anchor may
//! stand. Text without any passes at a fraction of a nanosecond per byte.

use crate::{
    anchors::{ANCHORS, Anchor},
    tables::{Member, TABLES, Tables, WINDOW, keys},
};

/// An even place where four bytes of an anchor may stand, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
    bytes: u32,
}

/// How many bytes are looked at together.
const BLOCK: usize = 32;
/// A block and what the windows at its last places reach into.
const REACH: usize = BLOCK + WINDOW - 2;
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
    if let Some(last) = padded(last) {
        any |= any_group(&last, &mut previous);
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
    let Tables { first, second, .. } = &TABLES;
    let mut groups = 0;
    for word in words.as_chunks::<WORD>().0 {
        let [a, b, c, d] = keys(u64::from_le_bytes(*word));
        groups |= *previous & second[a] | first[a] & second[b];
        groups |= first[b] & second[c] | first[c] & second[d];
        *previous = first[d];
    }
    groups != 0
}

/// The end of a text that fills no word, with zeros behind it, which no anchor has.
#[inline]
fn padded(last: &[u8]) -> Option<[u8; WORD]> {
    let mut word = [0; WORD];
    word.iter_mut().zip(last).for_each(|(to, byte)| *to = *byte);
    (!last.is_empty()).then_some(word)
}

/// Hands the hits at or behind an even place to `visit`, until it is done.
#[inline]
pub(crate) fn search<T>(
    text: &[u8],
    even: usize,
    mut visit: impl FnMut(Hit) -> Step<T>,
) -> Option<T> {
    let mut next = even;
    while let Some(place) = first_block(text, next) {
        let step = match text.get(place..).and_then(<[u8]>::first_chunk::<REACH>) {
            Some(block) => visit_block(block, place, place, &mut visit),
            None => {
                let (start, block) = last_block(text, place);
                visit_block(&block, start, place, &mut visit)
            }
        };
        next = match step {
            Step::On => place + BLOCK,
            Step::To(next) => next,
            Step::Done(found) => return Some(found),
        };
    }
    None
}

/// The last block of a text, and where it starts: before a place that is less than a block from
/// the end, since there it needs no copying byte by byte; or a short text, filled up with zeros.
#[inline]
fn last_block(text: &[u8], place: usize) -> (usize, [u8; REACH]) {
    if let Some(start) = text.len().checked_sub(REACH).map(|start| start & !1)
        && let Some(block) = text.get(start..).and_then(<[u8]>::first_chunk::<REACH>)
    {
        return (start, *block);
    }
    let mut block = [0; REACH];
    let rest = text.get(place..).unwrap_or_default();
    if let Some(to) = block.get_mut(..rest.len()) {
        to.copy_from_slice(rest);
    }
    (place, block)
}

/// The hits at the even places of a block, from a place on.
#[inline(never)]
fn visit_block<T>(
    block: &[u8; REACH],
    start: usize,
    place: usize,
    visit: &mut impl FnMut(Hit) -> Step<T>,
) -> Step<T> {
    let all = groups_at(block);
    let mut i = place - start;
    while let Some(&groups) = all.get(i / 2 + 1) {
        if groups != 0 {
            let hit = Hit {
                place: start + i,
                groups,
                bytes: u32::from_le_bytes([block[i], block[i + 1], block[i + 2], block[i + 3]]),
            };
            match visit(hit) {
                Step::To(next) if next >= start + BLOCK => return Step::To(next),
                Step::Done(found) => return Step::Done(found),
                Step::To(next) => i = i.max(next.saturating_sub(start + 2)),
                Step::On => {}
            }
        }
        i += 2;
    }
    Step::On
}

/// The groups that the pair before each pair of a block has in common with it.
#[inline]
fn groups_at(block: &[u8; REACH]) -> [u64; REACH / 2] {
    let Tables { first, second, .. } = &TABLES;
    let mut all = [0; REACH / 2];
    let mut previous = 0;
    let (words, last) = block.as_chunks::<WORD>();
    for (groups, word) in all.as_chunks_mut::<4>().0.iter_mut().zip(words) {
        let [a, b, c, d] = keys(u64::from_le_bytes(*word));
        *groups = [
            previous & second[a],
            first[a] & second[b],
            first[b] & second[c],
            first[c] & second[d],
        ];
        previous = first[d];
    }
    if let (&[left, right], Some(groups)) = (last, all.last_mut()) {
        *groups = previous & second[keys(u64::from_le_bytes([left, right, 0, 0, 0, 0, 0, 0]))[0]];
    }
    all
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
        let masks = TABLES.masks.get(range.clone()).unwrap_or_default();
        let wanted = TABLES.wanted.get(range.clone()).unwrap_or_default();
        let fits = |mask: u32, wanted: u32| hit.bytes & mask == wanted;
        // Mostly none fits; without a way out of it, the loop is done for many at once.
        let any =
            masks.iter().zip(wanted).fold(false, |any, (&mask, &wanted)| any | fits(mask, wanted));
        if !any {
            continue;
        }
        let members = TABLES.members.get(range).unwrap_or_default();
        for ((member, &mask), &wanted) in members.iter().zip(masks).zip(wanted) {
            if fits(mask, wanted)
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
    search(text, 0, opens).is_some()
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
                .map(|place| (b' '..=b'~').rev().find(|&byte| place.admits(byte)).unwrap())
                .collect();
            for before in 0..40 {
                for behind in [0, 1, 20] {
                    let text = [vec![b' '; before], body.clone(), vec![b' '; behind]].concat();
                    let is_it = |other: &Anchor, start| {
                        (start == before && std::ptr::eq(other, anchor)).then_some(())
                    };
                    let found = search(&text, 0, |hit| match try_anchors(&text, hit, is_it) {
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
