//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only, and at the
//! bytes there in pairs: a table tells of which of 64 groups of anchors a pair is the first half,
//! and of which the second. Where two neighbouring pairs have a group in common, an anchor may
//! stand. Text without any passes at a fraction of a nanosecond per byte.

use crate::{
    anchors::{ANCHORS, Anchor},
    tables::{BLOCK, TABLES, keys},
};

/// An even place where four bytes of an anchor may stand, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
}

/// What to do after a hit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Look at the next place.
    On,
    /// Go on at this even place, if it is further.
    To(usize),
    /// Look at the next place, if it is before this one.
    Before(usize),
    /// Look no further.
    Stop,
}

/// The even place from which on a text may hold an anchor.
pub(crate) fn first_place(text: &[u8]) -> Option<usize> {
    let mut previous = 0;
    let mut may_hold = |block| any_in(&groups_in(block, &mut previous));
    if text.len() < BLOCK {
        return may_hold(block_at(text, 0, &mut [0; BLOCK])).then_some(0);
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
fn block_at<'t>(text: &'t [u8], place: usize, room: &'t mut [u8; BLOCK]) -> &'t [u8; BLOCK] {
    let rest = text.get(place..).unwrap_or_default();
    rest.first_chunk().unwrap_or_else(|| {
        *room = last_block(text, rest);
        room
    })
}

/// The block at the end of a text that there is not enough of.
#[inline(never)]
fn last_block(text: &[u8], rest: &[u8]) -> [u8; BLOCK] {
    if let Some(last) = text.last_chunk() {
        let known = 8 * (BLOCK - rest.len()) as u32;
        return u128::from_le_bytes(*last).checked_shr(known).unwrap_or(0).to_le_bytes();
    }
    let mut block = [0; BLOCK];
    block.iter_mut().zip(rest).for_each(|(to, &from)| *to = from);
    block
}

/// Hands the hits at or behind an even place to `visit`, until it stops or a place is reached;
/// whether it stopped.
#[inline]
pub(crate) fn search(
    text: &[u8],
    even: usize,
    upto: usize,
    mut visit: impl FnMut(Hit) -> Step,
) -> bool {
    // What starts with the last byte is too short for any.
    let (mut place, mut previous, mut upto) = (even, 0, upto.min(text.len().saturating_sub(1)));
    while place < upto {
        let (start, groups) =
            (place, groups_in(block_at(text, place, &mut [0; BLOCK]), &mut previous));
        place += BLOCK;
        if any_in(&groups) {
            match visit_block(start, &groups, &mut upto, &mut visit) {
                Step::To(far) => (place, previous) = (far, 0),
                Step::Stop => return true,
                Step::Before(_) | Step::On => {}
            }
        }
    }
    false
}

/// Visits the hits before a place whose right half is in the block at another.
#[inline(never)]
fn visit_block(
    block: usize,
    all: &[u64; BLOCK / 2],
    upto: &mut usize,
    visit: &mut impl FnMut(Hit) -> Step,
) -> Step {
    let mut left = (0..all.len()).fold(0, |left, pair| left | u32::from(all[pair] != 0) << pair);
    while left != 0 {
        let pair = left.trailing_zeros() as usize % all.len();
        left &= left - 1;
        let place = (block + 2 * pair).saturating_sub(2);
        if place >= *upto {
            break;
        }
        match visit(Hit { place, groups: all[pair] }) {
            Step::On => {}
            Step::To(far) if far <= place + 2 => {}
            Step::Before(end) => *upto = end.min(*upto),
            end => return end,
        }
    }
    Step::On
}

/// Hands every anchor that really stands where a hit says, and where it starts, to `take`, until
/// that has seen enough; whether it has.
#[inline]
pub(crate) fn any_anchor(
    text: &[u8],
    hit: Hit,
    mut take: impl FnMut(&'static Anchor, usize) -> bool,
) -> bool {
    let window = text.get(hit.place..).and_then(<[u8]>::first_chunk).copied();
    let (bytes, mut groups) = (u32::from_le_bytes(window.unwrap_or_default()), hit.groups);
    while groups != 0 {
        for few in TABLES.members_of(groups.trailing_zeros() as usize) {
            if !few.any_like(bytes) {
                continue;
            }
            for member in few.members() {
                if bytes & member.mask == member.wanted
                    && let Some(start) = hit.place.checked_sub(usize::from(member.offset))
                    && let Some(anchor) = ANCHORS.get(usize::from(member.anchor))
                    && anchor.stands_at(text, start)
                    && take(anchor, start)
                {
                    return true;
                }
            }
        }
        groups &= groups - 1;
    }
    false
}

/// Whether any anchor stands in a text.
#[cfg(test)]
pub(crate) fn opens(text: &[u8]) -> bool {
    first_place(text).is_some_and(|from| stands(text, from, |_, _| true))
}

/// Whether `is_it` says so of any anchor that stands in a text.
#[cfg(test)]
fn stands(text: &[u8], from: usize, is_it: impl Fn(&Anchor, usize) -> bool) -> bool {
    search(text, from, text.len(), |hit| match any_anchor(text, hit, &is_it) {
        true => Step::Stop,
        false => Step::On,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors::PATTERNS;
    use proptest::prelude::*;

    #[test]
    fn every_anchor_is_found_at_even_and_at_odd_places() {
        for (anchor, pattern) in ANCHORS.iter().zip(&PATTERNS) {
            let body: Vec<u8> = pattern
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
                    let is_it =
                        |other: &Anchor, start| start == before && std::ptr::eq(other, anchor);
                    let found = first_place(&text).is_some_and(|from| stands(&text, from, is_it));
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
