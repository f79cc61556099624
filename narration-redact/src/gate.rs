//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least five places in a row, so wherever it stands, four of them in a row
//! start at an even place of the text. The gate therefore looks at even places only: three table
//! look-ups, joined with `&`, tell which of 64 groups of anchors have three bytes in common with
//! the text there, and where any has, a fourth look-up thins them out. Text without any passes at
//! a fraction of a nanosecond per byte.

use crate::anchors::{ALL, ANCHORS, Anchor, COUNT, Place};

const GROUPS: usize = 64;
/// How many bytes in a row are compared.
const WINDOW: usize = 4;

/// An anchor as a group's member: which, and how far into it the four bytes are.
#[derive(Clone, Copy)]
struct Member {
    anchor: u16,
    offset: u8,
    /// The bits of the four bytes that are the same wherever the anchor stands, and what they are.
    mask: u32,
    wanted: u32,
}

const NOBODY: Member = Member { anchor: 0, offset: 0, mask: 0, wanted: 0 };

impl Member {
    const fn new(window: usize, offset: u8) -> Self {
        let anchor = &ALL[window / 2];
        let (mut mask, mut wanted, mut place) = ([0; WINDOW], [0; WINDOW], 0);
        while place < WINDOW {
            (mask[place], wanted[place]) = match anchor.place(offset as usize + place) {
                Place::Byte(byte) => (0xff, byte),
                // Letters of both cases differ in one bit.
                Place::Letter(letter) => (!0x20, letter & !0x20),
                _ => (0, 0),
            };
            place += 1;
        }
        Self {
            anchor: (window / 2) as u16,
            offset,
            mask: u32::from_le_bytes(mask),
            wanted: u32::from_le_bytes(wanted),
        }
    }
}

struct Tables {
    first: [u64; 256],
    second: [u64; 256],
    third: [u64; 256],
    fourth: [u64; 256],
    /// Where each group's members start in `members`.
    starts: [u16; GROUPS + 1],
    members: [Member; COUNT * 2],
}

#[allow(long_running_const_eval, reason = "the tables are computed once, by the compiler")]
static TABLES: Tables = build();

/// How common a byte is in logs, in thousandths; what is rare makes a good anchor.
const fn weight(place: Place) -> u64 {
    match place {
        Place::Byte(byte) => return commonness(byte),
        Place::Letter(letter) => return commonness(letter) + commonness(letter.to_ascii_uppercase()),
        _ => {}
    }
    let mut sum = 0;
    let mut byte = 0_u8;
    while byte < 128 {
        if place.admits(byte) {
            sum += commonness(byte);
        }
        byte += 1;
    }
    sum
}

const fn commonness(byte: u8) -> u64 {
    match byte {
        b' ' => 130,
        b'e' | b't' => 70,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' => 55,
        b'c' | b'd' | b'l' => 30,
        b'0'..=b'9' => 25,
        b'm' | b'p' | b'u' | b'h' | b'g' | b'f' => 20,
        b'b' | b'v' | b'w' | b'y' | b'k' => 12,
        b'.' | b':' | b'/' | b'-' | b'_' | b'=' | b'"' | b',' => 15,
        b'A'..=b'Z' => 5,
        _ => 3,
    }
}

/// The offset of the two overlapping windows that are rarest in logs.
const fn best_offset(anchor: &Anchor) -> usize {
    let (mut best, mut least, mut offset) = (0, u64::MAX, 0);
    while offset + WINDOW < anchor.len() {
        let inner = weight(anchor.place(offset + 1)) * weight(anchor.place(offset + 2));
        let cost = inner * (weight(anchor.place(offset)) + weight(anchor.place(offset + 3)));
        if cost < least {
            (best, least) = (offset, cost);
        }
        offset += 1;
    }
    best
}

/// Puts every window into the group where it adds least to the chance of a false alarm.
const fn build() -> Tables {
    let mut sums = [[0_u64; 3]; GROUPS];
    let mut group_of = [0_u8; COUNT * 2];
    let mut offset_of = [0_u8; COUNT * 2];
    let mut tables = Tables {
        first: [0; 256],
        second: [0; 256],
        third: [0; 256],
        fourth: [0; 256],
        starts: [0; GROUPS + 1],
        members: [NOBODY; COUNT * 2],
    };
    let mut window = 0;
    while window < COUNT * 2 {
        let anchor = &ALL[window / 2];
        let offset = best_offset(anchor) + window % 2;
        let places = [anchor.place(offset), anchor.place(offset + 1), anchor.place(offset + 2)];
        let group = cheapest_group(&tables, &sums, places);
        sums[group] = joined(&tables, sums[group], places, group);
        group_of[window] = group as u8;
        offset_of[window] = offset as u8;
        let bit = 1_u64 << group;
        tables.first = marked(tables.first, places[0], bit);
        tables.second = marked(tables.second, places[1], bit);
        tables.third = marked(tables.third, places[2], bit);
        tables.fourth = marked(tables.fourth, anchor.place(offset + 3), bit);
        window += 1;
    }
    list_members(tables, &group_of, &offset_of)
}

/// A group's weights with one more window in it.
const fn joined(tables: &Tables, sums: [u64; 3], places: [Place; 3], group: usize) -> [u64; 3] {
    [
        sums[0] + new_weight(&tables.first, places[0], group),
        sums[1] + new_weight(&tables.second, places[1], group),
        sums[2] + new_weight(&tables.third, places[2], group),
    ]
}

/// The weight of a place, as far as the group does not admit its bytes already.
const fn new_weight(table: &[u64; 256], place: Place, group: usize) -> u64 {
    match place {
        Place::Byte(byte) | Place::Letter(byte) if table[byte as usize] >> group & 1 == 1 => 0,
        _ => weight(place),
    }
}

const fn cheapest_group(tables: &Tables, sums: &[[u64; 3]; GROUPS], places: [Place; 3]) -> usize {
    let (mut best, mut least, mut group) = (0, u64::MAX, 0);
    while group < GROUPS {
        let [first, second, third] = sums[group];
        let [a, b, c] = joined(tables, sums[group], places, group);
        let cost = a * b * c - first * second * third;
        if cost < least {
            (best, least) = (group, cost);
        }
        group += 1;
    }
    best
}

/// Sets a group's bit for every byte that a place admits.
const fn marked(mut table: [u64; 256], place: Place, bit: u64) -> [u64; 256] {
    match place {
        Place::Byte(byte) => table[byte as usize] |= bit,
        Place::Letter(letter) => {
            table[letter as usize] |= bit;
            table[letter.to_ascii_uppercase() as usize] |= bit;
        }
        _ => {
            let mut byte = 0;
            while byte < 256 {
                table[byte] |= if place.admits(byte as u8) { bit } else { 0 };
                byte += 1;
            }
        }
    }
    table
}

const fn list_members(mut tables: Tables, group_of: &[u8; COUNT * 2], offset_of: &[u8; COUNT * 2]) -> Tables {
    let mut counts = [0_u16; GROUPS];
    let mut window = 0;
    while window < COUNT * 2 {
        counts[group_of[window] as usize] += 1;
        window += 1;
    }
    let mut group = 0;
    while group < GROUPS {
        tables.starts[group + 1] = tables.starts[group] + counts[group];
        group += 1;
    }
    let mut filled = tables.starts;
    window = 0;
    while window < COUNT * 2 {
        let slot = &mut filled[group_of[window] as usize];
        tables.members[*slot as usize] = Member::new(window, offset_of[window]);
        *slot += 1;
        window += 1;
    }
    tables
}

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

/// The next hit at or behind an even place.
#[inline]
pub(crate) fn next_hit(text: &[u8], even: usize) -> Option<Hit> {
    let mut place = even;
    while let Some(block) = text.get(place..).and_then(<[u8]>::first_chunk::<REACH>) {
        if groups_in(block) != 0
            && let Some(hit) = first_in(block, place)
        {
            return Some(hit);
        }
        place += BLOCK;
    }
    last_hit(text, place)
}

/// The next hit in what is left at the end, less than a block and its reach.
#[inline]
fn last_hit(text: &[u8], from: usize) -> Option<Hit> {
    let mut place = from;
    while let Some(rest) = text.get(place..).filter(|rest| rest.len() >= WINDOW) {
        let mut block = [0; REACH];
        block.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        if groups_in(&block) != 0
            && let Some(hit) = first_in(&block, place)
        {
            return Some(hit);
        }
        place += BLOCK;
    }
    None
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

/// The first hit at an even place of a block.
fn first_in(block: &[u8; REACH], start: usize) -> Option<Hit> {
    (0..BLOCK).step_by(2).find_map(|i| {
        let groups = groups_at(block, i) & TABLES.fourth[usize::from(block[i + 3])];
        let hit = Hit {
            place: start + i,
            groups,
            bytes: u32::from_le_bytes([block[i], block[i + 1], block[i + 2], block[i + 3]]),
        };
        (groups != 0 && try_members(hit, |_| Some(())).is_some()).then_some(hit)
    })
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

/// Whether any anchor may stand in a text.
#[cfg(test)]
pub(crate) fn opens(text: &[u8]) -> bool {
    let mut place = 0;
    while let Some(hit) = next_hit(text, place) {
        if try_anchors(text, hit, |_, _| Some(())).is_some() {
            return true;
        }
        place = hit.place + 2;
    }
    false
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
                    let mut place = 0;
                    let mut found = false;
                    while let Some(hit) = next_hit(&text, place) {
                        found |= try_anchors(&text, hit, |other, start| {
                            (start == before && std::ptr::eq(other, anchor)).then_some(())
                        })
                        .is_some();
                        place = hit.place + 2;
                    }
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
