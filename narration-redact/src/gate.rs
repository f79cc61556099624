//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only: three table
//! look-ups, joined with `&`, tell which of 64 groups of anchors have three bytes in common with
//! the text there, and where any has, a fourth look-up thins them out. Text without any passes at
//! a fraction of a nanosecond per byte.

use crate::{
    anchors::{ANCHORS, Anchor},
    tables::{Member, TABLES, WINDOW},
};

/// An even place where four bytes of an anchor stand, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
    bytes: u32,
}

/// How many bytes are looked at together.
const BLOCK: usize = 16;
/// A block and what the windows at its last places reach into.
const REACH: usize = BLOCK + WINDOW - 1;

/// What to do after a hit.
pub(crate) enum Step<T> {
    /// Look at the next place.
    On,
    /// Go on at this even place, if it is further.
    To(usize),
    /// Stop, with this.
    Done(T),
}

/// Hands the hits at or behind an even place to `visit`, until it is done.
#[inline]
pub(crate) fn search<T>(
    text: &[u8],
    even: usize,
    mut visit: impl FnMut(Hit) -> Step<T>,
) -> Option<T> {
    let mut place = even;
    loop {
        let mut step = Step::On;
        while let Some(block) = text.get(place..).and_then(<[u8]>::first_chunk::<REACH>) {
            place += BLOCK;
            if groups_in(block) != 0 {
                step = visit_block(block, place - BLOCK, &mut visit);
                if !matches!(step, Step::On) {
                    break;
                }
            }
        }
        while matches!(step, Step::On) && place + WINDOW <= text.len() {
            step = visit_last(text, place, &mut visit);
            place += BLOCK;
        }
        match step {
            Step::On => return None,
            Step::To(next) => place = next,
            Step::Done(found) => return Some(found),
        }
    }
}

/// A block at the end of the text, filled up with zeros, which no anchor has.
fn visit_last<T>(text: &[u8], place: usize, visit: &mut impl FnMut(Hit) -> Step<T>) -> Step<T> {
    let mut block = [0; REACH];
    block.iter_mut().zip(text.get(place..).unwrap_or_default()).for_each(|(to, byte)| *to = *byte);
    if groups_in(&block) == 0 { Step::On } else { visit_block(&block, place, visit) }
}

/// The hits at the even places of a block.
fn visit_block<T>(
    block: &[u8; REACH],
    start: usize,
    visit: &mut impl FnMut(Hit) -> Step<T>,
) -> Step<T> {
    let mut i = 0;
    while i < BLOCK {
        let groups = groups_at(block, i) & TABLES.fourth[usize::from(block[i + 3])];
        let hit = Hit {
            place: start + i,
            groups,
            bytes: u32::from_le_bytes([block[i], block[i + 1], block[i + 2], block[i + 3]]),
        };
        if groups != 0 {
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

/// The groups that have three bytes in common with a block at a place in it.
#[inline]
fn groups_at(block: &[u8; REACH], i: usize) -> u64 {
    TABLES.first[usize::from(block[i])]
        & TABLES.second[usize::from(block[i + 1])]
        & TABLES.third[usize::from(block[i + 2])]
}

/// The groups that have three bytes in common with the text at any even place of a block.
#[inline]
fn groups_in(block: &[u8; REACH]) -> u64 {
    let at = |i| groups_at(block, i);
    at(0) | at(2) | at(4) | at(6) | at(8) | at(10) | at(12) | at(14)
}

/// Hands the members of a hit's groups whose fixed bytes are those of the text to `take`, until
/// it gives something back.
#[inline]
fn try_members<T>(hit: Hit, mut take: impl FnMut(&'static Member) -> Option<T>) -> Option<T> {
    let mut groups = hit.groups;
    while groups != 0 {
        let group = groups.trailing_zeros() as usize;
        groups &= groups - 1;
        let (start, end) = (TABLES.starts[group], TABLES.starts[group + 1]);
        for member in TABLES.members.get(usize::from(start)..usize::from(end)).unwrap_or_default() {
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
