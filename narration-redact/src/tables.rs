//! The gate's tables: the anchors go in, three look-ups by byte and the groups' members come out.
//! Everything here is computed by the compiler.

use crate::anchors::{ANCHORS, Anchor, COUNT, Place};

const GROUPS: usize = 64;
/// How many bytes in a row are compared.
pub(crate) const WINDOW: usize = 4;

/// An anchor as a group's member: which, and how far into it the four bytes are.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) anchor: u16,
    pub(crate) offset: u8,
    /// The bits of the four bytes that are the same wherever the anchor stands, and what they are.
    pub(crate) mask: u32,
    pub(crate) wanted: u32,
}

const NOBODY: Member = Member { anchor: 0, offset: 0, mask: 0, wanted: 0 };

impl Member {
    const fn new(window: usize, offset: u8) -> Self {
        let anchor = &ANCHORS[window / 2];
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

pub(crate) struct Tables {
    pub(crate) first: [u64; 256],
    pub(crate) second: [u64; 256],
    pub(crate) third: [u64; 256],
    pub(crate) fourth: [u64; 256],
    /// Where each group's members start in `members`.
    pub(crate) starts: [u16; GROUPS + 1],
    pub(crate) members: [Member; COUNT * 2],
}

#[allow(long_running_const_eval, reason = "the tables are computed once, by the compiler")]
pub(crate) static TABLES: Tables = build();

/// How common a byte is in logs, in thousandths; what is rare makes a good anchor.
const fn weight(place: Place) -> u64 {
    match place {
        Place::Byte(byte) => return commonness(byte),
        Place::Letter(letter) => {
            return commonness(letter) + commonness(letter.to_ascii_uppercase());
        }
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
        let anchor = &ANCHORS[window / 2];
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

const fn list_members(
    mut tables: Tables,
    group_of: &[u8; COUNT * 2],
    offset_of: &[u8; COUNT * 2],
) -> Tables {
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
