//! Where the gate looks for an anchor: its places go in, the stretches of it that are compared come
//! out.

use super::{STEP, WINDOW, weigh::Admitted};
use crate::anchors::{COUNT, MAX_PLACES, PATTERNS, Pattern};

/// How many windows there are: one of each anchor for every way in which it may lie between the
/// places that are looked at.
pub(super) const WINDOWS: usize = COUNT * STEP;

/// Six places in a row of a text in which an anchor stands; it may lack some places of the anchor,
/// and may have some places beside it, which may hold anything.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// Where the window starts, counted from the start of its anchor.
    pub(super) offset: i8,
    pub(super) places: [Admitted; WINDOW],
}

/// All windows, those of one anchor in a row.
pub(super) const fn all() -> [Window; WINDOWS] {
    let mut all = [Window { offset: 0, places: [Admitted::ANYTHING; WINDOW] }; WINDOWS];
    let mut anchor = 0;
    while anchor < COUNT {
        let (places, len) = (admitted(&PATTERNS[anchor]), PATTERNS[anchor].len() as isize);
        let mut way = 0;
        while way < STEP {
            all[anchor * STEP + way] = rarest(&places, len, way as isize);
            way += 1;
        }
        anchor += 1;
    }
    all
}

/// What an anchor's places admit.
const fn admitted(anchor: &Pattern) -> [Admitted; MAX_PLACES] {
    let mut all = [Admitted::ANYTHING; MAX_PLACES];
    let mut place = 0;
    while place < anchor.len() {
        all[place] = Admitted::at(anchor.place(place));
        place += 1;
    }
    all
}

/// The window that stands in logs by chance least often, of those that start a multiple of the step
/// away from the first that may be.
///
/// None starts a whole step before its anchor or ends so far behind it, so that an anchor at the very
/// start or end of a text is found as well.
const fn rarest(anchor: &[Admitted; MAX_PLACES], len: isize, way: isize) -> Window {
    let mut offset = way + 1 - STEP as isize;
    let mut best = window(anchor, offset);
    let mut least = chance(&best);
    offset += STEP as isize;
    while offset + STEP as isize <= len {
        let other = window(anchor, offset);
        let chance = chance(&other);
        if chance < least {
            (best, least) = (other, chance);
        }
        offset += STEP as isize;
    }
    best
}

const fn window(anchor: &[Admitted; MAX_PLACES], offset: isize) -> Window {
    let (mut places, mut index) = ([Admitted::ANYTHING; WINDOW], 0);
    while index < WINDOW {
        let place = offset + index as isize;
        if 0 <= place && place < MAX_PLACES as isize {
            places[index] = anchor[place as usize];
        }
        index += 1;
    }
    Window { offset: offset as i8, places }
}

/// How often a window stands in a text by chance.
const fn chance(window: &Window) -> u128 {
    let (mut product, mut index) = (1, 0);
    while index < WINDOW {
        product *= window.places[index].weight as u128;
        index += 1;
    }
    product
}

/// What all windows are, in few signs: other windows have others.
#[cfg(test)]
pub(super) fn fingerprint() -> String {
    let all = all();
    let words = all.iter().flat_map(|window| {
        window.places.map(|place| place.bits).into_iter().chain([window.offset as u64])
    });
    // FNV-1a, 64 bits.
    let hash = words.flat_map(u64::to_le_bytes).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
