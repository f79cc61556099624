//! The first look at a text: text goes in, the place from which on anchors stand in it comes out.
//!
//! Most text has none, so that nothing here is remembered of a window but whether it has a group.

use super::{Step, any_anchor, block_at, groups_in, hits, last_block, search, union_of};
use crate::{
    bytes::at,
    tables::{BLOCK, NOTHING, STEP, TABLES, key},
};

/// How many blocks are looked at in a row before their windows' groups are asked for: more would be
/// looked at twice where an anchor may stand, fewer would be asked for more often.
const SOME: usize = 4;

/// The first place at which a window shows an anchor.
pub(crate) fn first_place(text: &[u8]) -> Option<usize> {
    let (blocks, rest) = text.as_chunks();
    let (chunks, few) = blocks.as_chunks();
    let (mut begun, mut place) = (0, 0);
    for chunk in chunks {
        let alarms;
        (alarms, begun) = alarms_in(chunk, begun);
        if alarms != 0
            && let Some(place) = first_in(text, place, alarms)
        {
            return Some(place);
        }
        place += SOME * BLOCK;
    }
    let mut alarms = 0;
    for (index, block) in few.iter().enumerate() {
        alarms |= u8::from(union_of(&groups_in(block, &mut begun)) != 0) << index;
    }
    if alarms != 0
        && let Some(place) = first_in(text, place, alarms)
    {
        return Some(place);
    }
    if !ends_with_any(text, rest, begun) {
        return None;
    }
    first_from(text, (text.len() - rest.len()).saturating_sub(STEP))
}

/// In which of some blocks in a row, a bit for each, a window has a group, and the groups that the
/// last window may be of.
///
/// Apart from everything else, so that all the registers there are hold what goes on here.
#[inline(never)]
fn alarms_in(blocks: &[[u8; BLOCK]; SOME], mut begun: u64) -> (u8, u64) {
    let mut unions = [0; SOME];
    for (union, block) in unions.iter_mut().zip(blocks) {
        *union = union_of(&groups_in(block, &mut begun));
    }
    let mut alarms = 0;
    if union_of(&unions) != 0 {
        for (block, union) in unions.iter().enumerate() {
            alarms |= u8::from(*union != 0) << block;
        }
    }
    (alarms, begun)
}

/// The first window that is no false alarm, of those whose last pair is in a block that gave one, of
/// some blocks in a row.
#[inline(never)]
fn first_in(text: &[u8], start: usize, alarms: u8) -> Option<usize> {
    // Asked one after the other: which it is can be foreseen more often than it can be waited for.
    let blocks = (0..SOME).filter(|block| alarms >> block & 1 != 0);
    blocks.map(|block| start + BLOCK * block).find_map(|place| {
        let mut begun = begun_before(text, place);
        let groups = groups_in(block_at(text, place, &mut [0; BLOCK]), &mut begun);
        hits(place, &groups).find(|hit| any_anchor(text, *hit, |_, _| true)).map(|hit| hit.place)
    })
}

/// The groups that the window four bytes before a place may be of.
#[inline]
fn begun_before(text: &[u8], place: usize) -> u64 {
    let Some([.., one, two, three, four]) = text.get(..place) else { return 0 };
    TABLES.begun(key(u16::from_le_bytes([*one, *two])), key(u16::from_le_bytes([*three, *four])))
}

/// The first window from a place on that is no false alarm.
#[inline(never)]
fn first_from(text: &[u8], from: usize) -> Option<usize> {
    let mut place = None;
    search(text, from, text.len(), |hit| {
        if !any_anchor(text, hit, |_, _| true) {
            return Step::On;
        }
        place = Some(hit.place);
        Step::Stop
    });
    place
}

/// Whether any window has a group whose last pair is behind the last whole block, or behind the end.
#[inline]
fn ends_with_any(text: &[u8], rest: &[u8], mut begun: u64) -> bool {
    if rest.is_empty() {
        return begun & TABLES.third(NOTHING) != 0;
    }
    // The last block ends with the text, or as much before it as no window needs.
    let last = text.len().saturating_sub(BLOCK) / STEP * STEP;
    let any = match text.get(last..).and_then(<[u8]>::first_chunk) {
        Some(_) if rest.len() < STEP => 0,
        Some(block) => {
            begun = 0;
            union_of(&groups_in(block, &mut begun))
        }
        None => union_of(&groups_in(&last_block(text, rest), &mut begun)),
    };
    let pair = [last + BLOCK, last + BLOCK + 1].map(|place| at(text, place));
    any | begun & TABLES.third(key(u16::from_le_bytes(pair))) != 0
}
