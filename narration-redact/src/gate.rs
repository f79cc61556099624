//! The gate: text goes in, the next place that could give a secret away comes out.
//!
//! Every anchor has at least four places in a row, so wherever it stands, three of them in a row
//! start at an even place of the text. The gate therefore looks at even places only: three table
//! look-ups, joined with `&`, tell which of 64 groups of anchors have three bytes in common with
//! the text there. Text without any passes at a fraction of a nanosecond per byte.

use crate::anchors::{ALL, ANCHORS, Anchor, COUNT, Place};

const GROUPS: usize = 64;

/// An anchor as a group's member: which, and how far into it the three bytes are.
#[derive(Clone, Copy)]
struct Member {
    anchor: u16,
    offset: u8,
}

struct Tables {
    first: [u64; 256],
    second: [u64; 256],
    third: [u64; 256],
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

/// The offset of the two overlapping windows of three that are rarest in logs.
const fn best_offset(anchor: &Anchor) -> usize {
    let (mut best, mut least, mut offset) = (0, u64::MAX, 0);
    while offset + 4 <= anchor.len() {
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
        starts: [0; GROUPS + 1],
        members: [Member { anchor: 0, offset: 0 }; COUNT * 2],
    };
    let mut window = 0;
    while window < COUNT * 2 {
        let anchor = &ALL[window / 2];
        let offset = best_offset(anchor) + window % 2;
        let places = [anchor.place(offset), anchor.place(offset + 1), anchor.place(offset + 2)];
        let weights = [weight(places[0]), weight(places[1]), weight(places[2])];
        let group = cheapest_group(&sums, weights);
        sums[group] = added(sums[group], weights);
        group_of[window] = group as u8;
        offset_of[window] = offset as u8;
        let bit = 1_u64 << group;
        tables.first = marked(tables.first, places[0], bit);
        tables.second = marked(tables.second, places[1], bit);
        tables.third = marked(tables.third, places[2], bit);
        window += 1;
    }
    list_members(tables, &group_of, &offset_of)
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

const fn added(sums: [u64; 3], weights: [u64; 3]) -> [u64; 3] {
    [sums[0] + weights[0], sums[1] + weights[1], sums[2] + weights[2]]
}

const fn cheapest_group(sums: &[[u64; 3]; GROUPS], weights: [u64; 3]) -> usize {
    let (mut best, mut least, mut group) = (0, u64::MAX, 0);
    while group < GROUPS {
        let [first, second, third] = sums[group];
        let [a, b, c] = added(sums[group], weights);
        let cost = a * b * c - first * second * third;
        if cost < least {
            (best, least) = (group, cost);
        }
        group += 1;
    }
    best
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
        tables.members[*slot as usize] = Member { anchor: (window / 2) as u16, offset: offset_of[window] };
        *slot += 1;
        window += 1;
    }
    tables
}

/// An even place and the groups that have three bytes in common with the text there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) place: usize,
    groups: u64,
}

/// How many bytes are looked at together.
const BLOCK: usize = 16;

/// The next hit at or behind an even place.
#[inline]
pub(crate) fn next_hit(text: &[u8], even: usize) -> Option<Hit> {
    let mut place = even;
    while let Some(block) = text.get(place..place + BLOCK + 2).and_then(|block| <&[u8; BLOCK + 2]>::try_from(block).ok())
    {
        if groups_in(block) != 0 {
            // The block is looked through again, place by place; that is rare.
            if let Some(hit) = first_in(text, place, place + BLOCK) {
                return Some(hit);
            }
        }
        place += BLOCK;
    }
    first_in(text, place, text.len())
}

#[inline]
fn groups_in(block: &[u8; BLOCK + 2]) -> u64 {
    let at = |i: usize| {
        TABLES.first[usize::from(block[i])]
            & TABLES.second[usize::from(block[i + 1])]
            & TABLES.third[usize::from(block[i + 2])]
    };
    at(0) | at(2) | at(4) | at(6) | at(8) | at(10) | at(12) | at(14)
}

fn first_in(text: &[u8], from: usize, upto: usize) -> Option<Hit> {
    (from..upto).step_by(2).find_map(|place| {
        let [a, b, c] = text.get(place..place + 3)?.try_into().ok()?;
        let [a, b, c]: [u8; 3] = [a, b, c];
        let groups =
            TABLES.first[usize::from(a)] & TABLES.second[usize::from(b)] & TABLES.third[usize::from(c)];
        (groups != 0).then_some(Hit { place, groups })
    })
}

/// The anchors that really stand where a hit says, and where each starts.
pub(crate) fn anchors_at(text: &[u8], hit: Hit) -> impl Iterator<Item = (&'static Anchor, usize)> {
    let mut groups = hit.groups;
    let members = std::iter::from_fn(move || {
        let group = (groups != 0).then(|| groups.trailing_zeros() as usize)?;
        groups &= groups - 1;
        let (start, end) = (*TABLES.starts.get(group)?, *TABLES.starts.get(group + 1)?);
        TABLES.members.get(usize::from(start)..usize::from(end))
    });
    members.flatten().filter_map(move |member| {
        let start = hit.place.checked_sub(usize::from(member.offset))?;
        let anchor = ANCHORS.get(usize::from(member.anchor))?;
        anchor.stands_at(text, start).then_some((anchor, start))
    })
}

/// Whether any anchor may stand in a text.
#[cfg(test)]
pub(crate) fn opens(text: &[u8]) -> bool {
    let mut place = 0;
    while let Some(hit) = next_hit(text, place) {
        if anchors_at(text, hit).next().is_some() {
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
                        found |= anchors_at(&text, hit)
                            .any(|(other, start)| start == before && std::ptr::eq(other, anchor));
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
