//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! The gate looks at every fourth place, and at the six bytes there in pairs: a table tells of which
//! of 64 groups of anchors a pair may be the first third, and of which the second or the last. Where
//! three neighbouring pairs have a group in common, an anchor may stand. However an anchor lies
//! between those places, one of the windows there has enough of it to be told from ordinary text,
//! which passes at a fraction of a nanosecond per byte.

mod first;

pub(crate) use self::first::first_place;
use crate::{
    anchors::{ANCHORS, Anchor},
    bytes,
    tables::{BLOCK, MIDDLE, STEP, TABLES, keys},
};

/// A place where a window of six bytes may show an anchor, and the groups it is one of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    place: usize,
    groups: u64,
}

impl Hit {
    /// The next place that is looked at.
    pub(crate) const fn next(self) -> usize {
        self.place + STEP
    }
}

/// What to do after a hit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Look at the next place.
    On,
    /// Go on at this place, if it is further.
    To(usize),
    /// Look at the next place, if it is before this one.
    Before(usize),
    /// Look no further.
    Stop,
}

/// The groups of the windows that begin four bytes before a block, and at its first places.
type Groups = [u64; BLOCK / STEP];

/// The windows that have a group, of those whose last pair is in the block at a place.
#[inline]
fn hits(block: usize, all: &Groups) -> impl Iterator<Item = Hit> {
    all.iter().enumerate().filter(|(_, groups)| **groups != 0).filter_map(
        move |(window, groups)| {
            let place = (block + STEP * window).checked_sub(STEP)?;
            Some(Hit { place, groups: *groups })
        },
    )
}

/// The groups that any window has.
#[inline]
fn union_of(groups: &Groups) -> u64 {
    groups.iter().fold(0, |any, groups| any | groups)
}

/// The groups of the windows whose last pair is in a block. `begun` holds the groups that the last
/// window before may be of, by its first two pairs, and afterwards those of the block's last one.
#[inline]
fn groups_in(block: &[u8; BLOCK], begun: &mut u64) -> Groups {
    let keys = keys(block);
    let (windows, _) = keys.as_chunks();
    std::array::from_fn(|window| {
        let [first, second] = windows[window];
        let groups = *begun & TABLES.third(first);
        *begun = TABLES.begun(first, second);
        groups
    })
}

/// The block at a place; behind the end of the text stand zeros, which no anchor has.
#[inline]
fn block_at<'t>(text: &'t [u8], place: usize, room: &'t mut [u8; BLOCK]) -> &'t [u8; BLOCK] {
    let rest = bytes::from(text, place);
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
    bytes::padded(rest)
}

/// Hands the hits at or behind a place to `visit`, until it stops or another place is reached;
/// whether it stopped.
#[inline]
pub(crate) fn search(
    text: &[u8],
    from: usize,
    upto: usize,
    mut visit: impl FnMut(Hit) -> Step,
) -> bool {
    let (mut place, mut begun, mut upto) = (from, 0, upto.min(text.len()));
    // The last window of a block is decided by the next one.
    while place < upto + STEP {
        let (start, groups) =
            (place, groups_in(block_at(text, place, &mut [0; BLOCK]), &mut begun));
        place += BLOCK;
        if union_of(&groups) != 0 {
            match visit_block(start, &groups, &mut upto, &mut visit) {
                Step::To(far) => (place, begun) = (far, 0),
                Step::Stop => return true,
                Step::Before(_) | Step::On => {}
            }
        }
    }
    false
}

/// Visits the hits before a place whose last pair is in the block at another.
#[inline(never)]
fn visit_block(
    block: usize,
    all: &Groups,
    upto: &mut usize,
    visit: &mut impl FnMut(Hit) -> Step,
) -> Step {
    for hit in hits(block, all) {
        if hit.place >= *upto {
            break;
        }
        match visit(hit) {
            Step::On => {}
            Step::To(far) if far <= hit.next() => {}
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
    let (bytes, mut groups) = (middle_at(text, hit.place + MIDDLE), hit.groups);
    while groups != 0 {
        for few in TABLES.members_of(groups.trailing_zeros() as usize) {
            if !few.any_like(bytes) {
                continue;
            }
            for member in few.members() {
                if bytes & member.mask == member.wanted
                    && let Some(start) = hit.place.checked_add_signed(member.start.into())
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

/// The four bytes from a place on; zeros behind the end.
#[inline]
fn middle_at(text: &[u8], place: usize) -> u32 {
    let rest = bytes::from(text, place);
    u32::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| bytes::padded(rest)))
}

/// How many windows of a text have a group, though no anchor stands there.
#[cfg(test)]
pub(crate) fn alarms(text: &[u8]) -> usize {
    let mut alarms = 0;
    search(text, 0, text.len(), |hit| {
        alarms += usize::from(!any_anchor(text, hit, |_, _| true));
        Step::On
    });
    alarms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchors::PATTERNS;
    use proptest::prelude::*;

    #[test]
    fn every_anchor_is_found_however_it_lies() {
        for (anchor, pattern) in ANCHORS.iter().zip(&PATTERNS) {
            let body: Vec<u8> = pattern
                .places()
                .iter()
                .map(|place| {
                    let mut signs = (b' '..=b'~').rev().chain(0x80..=u8::MAX);
                    signs.find(|&byte| place.admits(byte)).unwrap()
                })
                .collect();
            for before in 0..80 {
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

    /// Whether `is_it` says so of any anchor that stands in a text.
    fn stands(text: &[u8], from: usize, is_it: impl Fn(&Anchor, usize) -> bool) -> bool {
        search(text, from, text.len(), |hit| match any_anchor(text, hit, &is_it) {
            true => Step::Stop,
            false => Step::On,
        })
    }

    proptest! {
        #[test]
        fn no_anchor_slips_through(text in "[a-zA-Z:/@=%|_. -]{0,80}") {
            let bytes = text.as_bytes();
            let any = (0..bytes.len()).any(|start| ANCHORS.iter().any(|anchor| anchor.stands_at(bytes, start)));
            prop_assert_eq!(first_place(bytes).is_some(), any);
        }
    }
}
