//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only, and at the
//! bytes there in pairs: a table tells of which of 64 groups of anchors a pair is the first half,
//! and of which the second. Where two neighbouring pairs have a group in common, an anchor may
//! stand. Text without any passes at a fraction of a nanosecond per byte.

use crate::{
    anchors::{ANCHORS, Anchor},
    tables::{BLOCK, Member, TABLES, keys},
};

/// An even place where four bytes of an anchor may stand, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
    bytes: u32,
}

/// What to do after a hit.
pub(crate) enum Step<T> {
    /// Look at the next place.
    On,
    /// Go on at this even place, if it is further.
    To(usize),
    /// Stop, with this.
    Done(T),
}

/// The even place from which on a text may hold an anchor.
pub(crate) fn first_place(text: &[u8]) -> Option<usize> {
    let mut previous = 0;
    let mut may_hold = |block| any_in(&groups_in(block, &mut previous));
    if text.len() < BLOCK {
        return may_hold(&block_at(text, 0)).then_some(0);
    }
    // The last block ends with the text and may share bytes with the one before it.
    let last = (text.len() - BLOCK) & !1;
    let mut place = 0;
    loop {
        let start = place.min(last);
        if may_hold(text.get(start..)?.first_chunk()?) {
            // The first window of a block begins with the pair before it.
            return Some(start.saturating_sub(2));
        }
        if place >= last {
            return None;
        }
        place += BLOCK;
    }
}

/// Whether any pair of a block has a group in common with the pair before it.
#[inline]
fn any_in(groups: &[u64; BLOCK / 2]) -> bool {
    groups.iter().fold(0, |any, groups| any | groups) != 0
}

/// The groups that the pair before each pair of a block has in common with it. `previous` holds
/// the groups of the pair before the block, and afterwards those of its last pair.
#[inline]
fn groups_in(block: &[u8; BLOCK], previous: &mut u64) -> [u64; BLOCK / 2] {
    keys(block).map(|key| {
        let groups = *previous & TABLES.second(key);
        *previous = TABLES.first(key);
        groups
    })
}

/// The block at a place; behind the end of the text stand zeros, which no anchor has.
#[inline]
fn block_at(text: &[u8], place: usize) -> [u8; BLOCK] {
    let rest = text.get(place..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        block.iter_mut().zip(rest).for_each(|(to, &from)| *to = from);
        block
    })
}

/// Hands the hits at or behind an even place to `visit`, until it is done or a place is reached.
#[inline]
pub(crate) fn search<T>(
    text: &[u8],
    even: usize,
    upto: usize,
    mut visit: impl FnMut(Hit) -> Step<T>,
) -> Option<T> {
    let (mut place, mut previous) = (even, 0);
    while place < upto {
        let groups = groups_in(&block_at(text, place), &mut previous);
        let mut next = place + BLOCK;
        if any_in(&groups) {
            match visit_block(text, place, &groups, &mut visit) {
                Step::On => {}
                Step::To(far) => (next, previous) = (far, 0),
                Step::Done(found) => return Some(found),
            }
        }
        place = next;
    }
    None
}

/// Visits the hits whose right half is in the block at a place.
#[inline(never)]
fn visit_block<T>(
    text: &[u8],
    block: usize,
    all: &[u64; BLOCK / 2],
    visit: &mut impl FnMut(Hit) -> Step<T>,
) -> Step<T> {
    for (index, &groups) in all.iter().enumerate().filter(|(_, groups)| **groups != 0) {
        let place = (block + 2 * index).saturating_sub(2);
        let window = text.get(place..).and_then(<[u8]>::first_chunk).copied();
        let bytes = u32::from_le_bytes(window.unwrap_or_default());
        match visit(Hit { place, groups, bytes }) {
            Step::To(far) if far > place + 2 => return Step::To(far),
            Step::Done(found) => return Step::Done(found),
            Step::To(_) | Step::On => {}
        }
    }
    Step::On
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
    first_place(text).and_then(|from| search(text, from, text.len(), opens)).is_some()
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
                    let visit = |hit| match try_anchors(&text, hit, is_it) {
                        Some(()) => Step::Done(()),
                        None => Step::On,
                    };
                    let found =
                        first_place(&text).and_then(|from| search(&text, from, text.len(), visit));
                    assert!(found.is_some(), "{:?} at {before}", anchor.clue);
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
