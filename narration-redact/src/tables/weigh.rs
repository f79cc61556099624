//! How common bytes are in logs: what a place of an anchor admits goes in, how often it stands in a
//! text by chance comes out.

use crate::anchors::Place;

/// How many values a byte has once it is folded: letters of both cases are one.
pub(super) const FOLDED: usize = 64;

/// The five bits in which the cases of a letter are the same, and the one that only letters and
/// what stands beside them have.
pub(super) const fn fold(byte: u8) -> usize {
    ((byte & 0x1f) | (byte >> 1 & 0x20)) as usize
}

/// A byte that is folded to this.
pub(super) const fn unfolded(folded: usize) -> u16 {
    (folded as u16 & 0x1f) | (folded as u16 & 0x20) << 1
}

/// How common a byte is in logs, in thousandths; what is rare makes a good anchor.
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
        0..b' ' | 0x7f.. => 0,
        _ => 3,
    }
}

/// How common each folded byte is.
pub(super) const WEIGHTS: [u64; FOLDED] = {
    let (mut weights, mut byte) = ([1; FOLDED], 0_u8);
    while byte < 128 {
        weights[fold(byte)] += commonness(byte);
        byte += 1;
    }
    weights
};

/// What a place admits.
#[derive(Clone, Copy)]
pub(super) struct Admitted {
    /// The folded bytes, as bits.
    pub(super) bits: u64,
    /// How common they are.
    pub(super) weight: u64,
    /// The bits in which all bytes are the same, and what these are.
    pub(super) mask: u8,
    pub(super) wanted: u8,
}

impl Admitted {
    pub(super) const ANYTHING: Self =
        Self { bits: u64::MAX, weight: weight(u64::MAX), mask: 0, wanted: 0 };

    /// What an anchor's place admits.
    pub(super) const fn at(place: Place) -> Self {
        if let Place::Byte(byte) | Place::Letter(byte) = place {
            let (bits, (mask, wanted)) = (1 << fold(byte), place.fixed());
            return Self { bits, weight: weight(bits), mask, wanted };
        }
        let (mut bits, mut all, mut any, mut byte) = (0, u8::MAX, 0, 0_u8);
        loop {
            if place.admits(byte) {
                bits |= 1 << fold(byte);
                (all, any) = (all & byte, any | byte);
            }
            if byte == u8::MAX {
                let mask = !(all ^ any);
                return Self { bits, weight: weight(bits), mask, wanted: all & mask };
            }
            byte += 1;
        }
    }
}

pub(super) const fn weight(mut bits: u64) -> u64 {
    let mut sum = 0;
    while bits != 0 {
        sum += WEIGHTS[bits.trailing_zeros() as usize];
        bits &= bits - 1;
    }
    sum
}
