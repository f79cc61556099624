//! The gate's tables: the anchors go in, look-ups by pairs of bytes and the groups' members come
//! out. Everything here is computed by the compiler.

mod weigh;

use self::weigh::{Admitted, WEIGHTS, weight};
use crate::anchors::{COUNT, MAX_PLACES, PATTERNS, Pattern};

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 16;
const GROUPS: usize = 64;
/// How many bytes in a row are compared: two pairs.
const WINDOW: usize = 4;
/// How many values a byte has once it is folded: letters of both cases are one.
const FOLDED: usize = 64;
/// How many pairs of folded bytes there are.
const PAIRS: usize = FOLDED * FOLDED;

/// How many members are compared together.
const LANES: usize = 4;

/// An anchor as a group's member: which, how far into it the four bytes are, the bits of them
/// that are the same wherever it stands, and what these are.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) mask: u32,
    pub(crate) wanted: u32,
    pub(crate) anchor: u16,
    pub(crate) offset: u8,
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
        members: [Member { mask: 0, wanted: 1, anchor: 0, offset: 0 }; LANES],
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

const fn fixed_bits(window: usize, offset: u8) -> (u32, u32) {
    let anchor = &PATTERNS[window / 2];
    let (mut mask, mut wanted, mut place) = ([0; WINDOW], [0; WINDOW], 0);
    while place < WINDOW {
        (mask[place], wanted[place]) = anchor.place(offset as usize + place).fixed();
        place += 1;
    }
    (u32::from_le_bytes(mask), u32::from_le_bytes(wanted))
}

pub(crate) struct Tables {
    /// The groups that a pair of bytes is the left half of a window of, by the pair's key.
    first: [u64; PAIRS],
    /// The same for the right half.
    second: [u64; PAIRS],
    /// Where each group's members start in what follows.
    starts: [u16; GROUPS + 1],
    members: [Few; MEMBERS],
}

/// Room for the members of all groups, of which each may leave some of its last ones empty.
const MEMBERS: usize = COUNT * 2 / LANES + GROUPS;

#[allow(long_running_const_eval, reason = "the tables are computed once, by the compiler")]
pub(crate) static TABLES: Tables = build();

/// Where the pairs of bytes in a block stand in the tables, from the first on.
///
/// All are made at once, in steps that the compiler takes for the whole block together.
#[inline]
pub(crate) fn keys(block: &[u8; BLOCK]) -> [u16; BLOCK / 2] {
    let (pairs, _) = block.as_chunks();
    std::array::from_fn(|index| key(u16::from_le_bytes(pairs[index])))
}

/// Where a pair of bytes stands: six bits of either byte, those of the right one above.
#[inline]
const fn key(pair: u16) -> u16 {
    let folded = (pair & 0x1f1f) | (pair >> 1 & 0x2020);
    (folded & 0x003f) | (folded >> 2 & 0x0fc0)
}

impl Tables {
    /// The groups that a pair of bytes is the left half of a window of.
    #[inline]
    pub(crate) const fn first(&self, key: u16) -> u64 {
        self.first[key as usize % PAIRS]
    }

    /// The groups that a pair of bytes is the right half of a window of.
    #[inline]
    pub(crate) const fn second(&self, key: u16) -> u64 {
        self.second[key as usize % PAIRS]
    }

    /// A group's members.
    #[inline]
    pub(crate) fn members_of(&self, group: usize) -> &[Few] {
        let starts = self.starts.get(group).zip(self.starts.get(group + 1));
        let range = starts.map(|(start, end)| usize::from(*start)..usize::from(*end));
        range.and_then(|range| self.members.get(range)).unwrap_or_default()
    }
}

/// The five bits in which the cases of a letter are the same, and the one that only letters and
/// what stands beside them have.
const fn fold(byte: u8) -> usize {
    ((byte & 0x1f) | (byte >> 1 & 0x20)) as usize
}

/// The pairs of bytes that a group has in one half: for each left byte the right ones.
type Pairs = [u64; FOLDED];

/// How much more often a half stands in a text with a window's two places in it.
const fn added(pairs: &Pairs, left: &Admitted, right: &Admitted) -> u64 {
    let (mut sum, mut lefts) = (0, left.bits);
    while lefts != 0 {
        let first = lefts.trailing_zeros() as usize;
        let known = pairs[first] & right.bits;
        if known == 0 {
            sum += WEIGHTS[first] * right.weight;
        } else if known != right.bits {
            sum += WEIGHTS[first] * weight(right.bits & !known);
        }
        lefts &= lefts - 1;
    }
    sum
}

/// A group while it is put together.
#[derive(Clone, Copy)]
struct Group {
    halves: [Pairs; 2],
    weights: [u64; 2],
    windows: u64,
}

/// What a false alarm costs before the first window of its group is tried, in windows.
const ALARM: u64 = 64;

impl Group {
    const EMPTY: Self = Self { halves: [[0; FOLDED]; 2], weights: [0; 2], windows: 0 };

    /// What a window adds to the cost of false alarms: their chance, and the windows to try then.
    const fn cost(&self, window: &[Admitted; WINDOW]) -> u64 {
        let [first, second] = self.weights;
        let more_first = first + added(&self.halves[0], &window[0], &window[1]);
        let more_second = second + added(&self.halves[1], &window[2], &window[3]);
        let tries = ALARM + self.windows;
        more_first * more_second * (tries + 1) - first * second * tries
    }

    const fn with(mut self, window: &[Admitted; WINDOW]) -> Self {
        let mut half = 0;
        while half < 2 {
            let (left, right) = (&window[half * 2], &window[half * 2 + 1]);
            self.weights[half] += added(&self.halves[half], left, right);
            let mut lefts = left.bits;
            while lefts != 0 {
                self.halves[half][lefts.trailing_zeros() as usize] |= right.bits;
                lefts &= lefts - 1;
            }
            half += 1;
        }
        self.windows += 1;
        self
    }
}

/// What an anchor's places admit.
const fn admitted(anchor: &Pattern) -> [Admitted; MAX_PLACES] {
    let mut all = [Admitted::NOTHING; MAX_PLACES];
    let mut place = 0;
    while place < anchor.len() {
        all[place] = Admitted::at(anchor.place(place));
        place += 1;
    }
    all
}

/// The offset of the two overlapping windows that are rarest in logs.
const fn best_offset(places: &[Admitted; MAX_PLACES], len: usize) -> usize {
    let (mut weights, mut place) = ([0; MAX_PLACES], 0);
    while place < len {
        weights[place] = places[place].weight;
        place += 1;
    }
    let (mut best, mut least, mut offset) = (0, u64::MAX, 0);
    while offset + WINDOW < len {
        let inner = weights[offset + 1] * weights[offset + 2] * weights[offset + 3];
        let cost = inner * (weights[offset] + weights[offset + WINDOW]);
        if cost < least {
            (best, least) = (offset, cost);
        }
        offset += 1;
    }
    best
}

/// Puts every window into the group where it adds least to the cost of false alarms.
const fn build() -> Tables {
    let mut groups = [Group::EMPTY; GROUPS];
    let mut group_of = [0_u8; COUNT * 2];
    let mut offset_of = [0_u8; COUNT * 2];
    let mut window = 0;
    while window < COUNT * 2 {
        let anchor = &PATTERNS[window / 2];
        let places = admitted(anchor);
        let offset = best_offset(&places, anchor.len()) + window % 2;
        let halves = [places[offset], places[offset + 1], places[offset + 2], places[offset + 3]];
        let group = cheapest(&groups, &halves);
        groups[group] = groups[group].with(&halves);
        group_of[window] = group as u8;
        offset_of[window] = offset as u8;
        window += 1;
    }
    list_members(&groups, &group_of, &offset_of)
}

const fn cheapest(groups: &[Group; GROUPS], window: &[Admitted; WINDOW]) -> usize {
    let (mut best, mut least, mut group) = (0, u64::MAX, 0);
    while group < GROUPS {
        let cost = groups[group].cost(window);
        if cost < least {
            (best, least) = (group, cost);
        }
        group += 1;
    }
    best
}

/// The groups by the keys of the pairs in one half.
const fn by_key(groups: &[Group; GROUPS], half: usize) -> [u64; PAIRS] {
    let mut table = [0; PAIRS];
    let mut group = 0;
    while group < GROUPS {
        let mut first = 0;
        while first < FOLDED {
            let mut rights = groups[group].halves[half][first];
            while rights != 0 {
                table[first + FOLDED * rights.trailing_zeros() as usize] |= 1 << group;
                rights &= rights - 1;
            }
            first += 1;
        }
        group += 1;
    }
    table
}

const fn list_members(
    groups: &[Group; GROUPS],
    group_of: &[u8; COUNT * 2],
    offset_of: &[u8; COUNT * 2],
) -> Tables {
    let mut tables = Tables {
        first: by_key(groups, 0),
        second: by_key(groups, 1),
        starts: [0; GROUPS + 1],
        members: [Few::NONE; MEMBERS],
    };
    let mut group = 0;
    while group < GROUPS {
        let (first, mut filled, mut window) = (tables.starts[group] as usize, 0, 0);
        while window < COUNT * 2 {
            if group_of[window] as usize == group {
                let few = &mut tables.members[first + filled / LANES];
                let (lane, offset) = (filled % LANES, offset_of[window]);
                let (mask, wanted) = fixed_bits(window, offset);
                (few.masks[lane], few.wanted[lane]) = (mask, wanted);
                few.members[lane] = Member { mask, wanted, anchor: (window / 2) as u16, offset };
                filled += 1;
            }
            window += 1;
        }
        tables.starts[group + 1] = (first + filled.div_ceil(LANES)) as u16;
        group += 1;
    }
    tables
}
