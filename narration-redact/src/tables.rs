//! The gate's tables: the anchors go in, look-ups by pairs of bytes and the groups' members come
//! out. Everything here is computed by the compiler.

mod groups;
mod keys;
mod weigh;
mod windows;

pub(crate) use self::keys::{NOTHING, key, keys};
use self::{
    groups::{GROUPS, group_of},
    weigh::{Admitted, FOLDED, unfolded},
    windows::{WINDOWS, Window},
};

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 16;
/// How far apart the places are that are looked at.
pub(crate) const STEP: usize = 4;
/// How many bytes in a row are compared there: three pairs.
pub(crate) const WINDOW: usize = 6;
/// How many pairs of folded bytes there are.
const PAIRS: usize = FOLDED * FOLDED;
/// How many members are compared together.
const LANES: usize = 4;
/// How many bytes of a window its members are compared by, and where these start.
const CORE: usize = 4;
pub(crate) const MIDDLE: usize = 1;

/// An anchor as a group's member: which, where it starts as seen from the window, the bits of the
/// window's core that are the same wherever it stands, and what these are.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) mask: u32,
    pub(crate) wanted: u32,
    pub(crate) anchor: u16,
    pub(crate) start: i8,
}

/// A few members of a group, and once more side by side what of them is compared together.
#[derive(Clone, Copy)]
pub(crate) struct Few {
    masks: [u32; LANES],
    wanted: [u32; LANES],
    members: [Member; LANES],
}

impl Few {
    /// Members that no bytes are like.
    const NONE: Self = Self {
        masks: [0; LANES],
        wanted: [1; LANES],
        members: [Member { mask: 0, wanted: 1, anchor: 0, start: 0 }; LANES],
    };

    /// Whether any of the members is like four bytes; all are compared at once.
    #[inline]
    pub(crate) fn any_like(&self, bytes: u32) -> bool {
        let lanes = self.masks.iter().zip(&self.wanted);
        lanes.fold(false, |any, (mask, wanted)| any | (bytes & mask == *wanted))
    }

    pub(crate) const fn members(&self) -> &[Member; LANES] {
        &self.members
    }
}

/// What stands at a pair's key: the groups that the pair is the first, the second or the last third
/// of a window of.
const FIRST: usize = 0;
const SECOND: usize = 1;
const THIRD: usize = 2;
/// How far apart the keys are: no more than three would do, but a power of two is had for nothing.
const THIRDS: usize = 4;

/// Aligned so that what stands at a key is in one line of the cache.
#[repr(align(64))]
pub(crate) struct Tables {
    /// The groups of every pair of bytes, by the pair's key.
    pairs: [u64; PAIRS * THIRDS],
    /// Where each group's members start in what follows.
    starts: [u16; GROUPS + 1],
    members: [Few; MEMBERS],
}

/// Room for the members of all groups, of which each may leave some of its last ones empty.
const MEMBERS: usize = WINDOWS / LANES + GROUPS;

#[allow(long_running_const_eval, reason = "the tables are computed once, by the compiler")]
pub(crate) static TABLES: Tables = build();

impl Tables {
    /// The groups that two pairs of bytes are the first two thirds of a window of.
    #[inline]
    pub(crate) const fn begun(&self, first: u16, second: u16) -> u64 {
        self.groups(first, FIRST) & self.groups(second, SECOND)
    }

    /// The groups that a pair of bytes is the last third of a window of.
    #[inline]
    pub(crate) const fn third(&self, key: u16) -> u64 {
        self.groups(key, THIRD)
    }

    #[inline]
    const fn groups(&self, key: u16, third: usize) -> u64 {
        self.pairs[(key as usize | third) % (PAIRS * THIRDS)]
    }

    /// A group's members.
    #[inline]
    pub(crate) fn members_of(&self, group: usize) -> &[Few] {
        let starts = self.starts.get(group).zip(self.starts.get(group + 1));
        let range = starts.map(|(start, end)| usize::from(*start)..usize::from(*end));
        range.and_then(|range| self.members.get(range)).unwrap_or_default()
    }
}

/// The pairs of bytes that a group has in one third: for each left byte the right ones.
type Pairs = [u64; FOLDED];

const fn build() -> Tables {
    let windows = windows::all();
    let mut tables = Tables {
        pairs: [0; PAIRS * THIRDS],
        starts: [0; GROUPS + 1],
        members: [Few::NONE; MEMBERS],
    };
    let (mut group, mut filled, mut everywhere) = (0, 0, [0; WINDOW / 2]);
    while group < GROUPS {
        let (mut pairs, mut window) = ([[0; FOLDED]; WINDOW / 2], 0);
        while window < WINDOWS {
            if group_of(window) == group {
                join(&mut pairs, &windows[window].places);
                list(&mut tables.members[filled / LANES], filled % LANES, &windows, window);
                filled += 1;
            }
            window += 1;
        }
        filled = filled.next_multiple_of(LANES);
        enter(&mut tables, &mut everywhere, group, &pairs);
        tables.starts[group + 1] = (filled / LANES) as u16;
        group += 1;
    }
    enter_everywhere(&mut tables, &everywhere);
    tables
}

/// Adds a window's pairs to those of its group.
const fn join(pairs: &mut [Pairs; WINDOW / 2], places: &[Admitted; WINDOW]) {
    let mut third = 0;
    while third < pairs.len() {
        let mut lefts = places[2 * third].bits;
        while lefts != 0 {
            pairs[third][lefts.trailing_zeros() as usize] |= places[2 * third + 1].bits;
            lefts &= lefts - 1;
        }
        third += 1;
    }
}

/// Enters a group's pairs into the tables. That it has all pairs in a third is kept for the end: it
/// would take the compiler as long as all the rest.
const fn enter(
    tables: &mut Tables,
    everywhere: &mut [u64; WINDOW / 2],
    group: usize,
    pairs: &[Pairs; WINDOW / 2],
) {
    let mut third = 0;
    while third < pairs.len() {
        let mut left = 0;
        if are_all(&pairs[third]) {
            everywhere[third] |= 1 << group;
            left = FOLDED;
        }
        while left < FOLDED {
            let mut rights = pairs[third][left];
            while rights != 0 {
                let right = rights.trailing_zeros() as usize;
                let key = key(unfolded(left) | unfolded(right) << 8) as usize;
                tables.pairs[key | third] |= 1 << group;
                rights &= rights - 1;
            }
            left += 1;
        }
        third += 1;
    }
}

const fn are_all(pairs: &Pairs) -> bool {
    let mut left = 0;
    while left < FOLDED && pairs[left] == u64::MAX {
        left += 1;
    }
    left == FOLDED
}

/// Adds the groups that have all pairs in a third.
const fn enter_everywhere(tables: &mut Tables, groups: &[u64; WINDOW / 2]) {
    let mut entry = 0;
    while entry < tables.pairs.len() {
        if entry % THIRDS < groups.len() {
            tables.pairs[entry] |= groups[entry % THIRDS];
        }
        entry += 1;
    }
}

/// Enters a window among the members of its group.
const fn list(few: &mut Few, lane: usize, windows: &[Window], window: usize) {
    let (mut mask, mut wanted, mut index) = ([0; CORE], [0; CORE], 0);
    while index < CORE {
        let place = &windows[window].places[MIDDLE + index];
        (mask[index], wanted[index]) = (place.mask, place.wanted);
        index += 1;
    }
    let (mask, wanted) = (u32::from_le_bytes(mask), u32::from_le_bytes(wanted));
    (few.masks[lane], few.wanted[lane]) = (mask, wanted);
    let (anchor, start) = ((window / STEP) as u16, -windows[window].offset);
    few.members[lane] = Member { mask, wanted, anchor, start };
}
