//! Text that repeats itself: a place that was judged goes in, how far its verdict holds comes out.
//!
//! What stands at a place is judged by its surroundings. Where a stretch of text comes again and
//! again, with nothing in it that gives a secret away, only its start and its end are judged.

use crate::bytes::{between, from};

/// How many bytes on either side of a place have to be the same for the same verdict; no command, no
/// list and no block that a confirmer looks back over is longer.
const AROUND: usize = 512;

/// How many bytes are compared first.
const GLANCE: usize = 16;

/// Looks for a place that was judged before among the places that are judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Repeats {
    /// Nothing was found from here on.
    start: usize,
    /// The place that the next ones are compared to; 0 is none.
    known: usize,
    /// How many were compared to it, and how many will be before it is given up for a later one.
    compared: usize,
    patience: usize,
}

impl Repeats {
    /// Begins anew behind something that was found.
    pub(crate) fn forget(&mut self, end: usize) {
        *self = Self { start: end, ..Self::default() };
    }

    /// The place up to which a text is what was judged before, told at a place at which nothing was
    /// found; places have to come in order.
    #[inline]
    pub(crate) fn hold_until(&mut self, text: &[u8], place: usize) -> Option<usize> {
        if place < self.start + AROUND { None } else { self.compare(text, place) }
    }

    fn compare(&mut self, text: &[u8], place: usize) -> Option<usize> {
        if self.known > 0
            && let Some(until) = same_until(text, self.known, place)
        {
            return Some(until);
        }
        // A stretch may hold many places: the known one is left behind at ever longer distances.
        if self.compared == self.patience {
            (self.known, self.compared) = (place, 0);
            self.patience = 2 * self.patience + 1;
        } else {
            self.compared += 1;
        }
        None
    }
}

/// The place up to which a text is the same behind a place as behind an earlier one, less the bytes
/// that the verdict on it needs; none if it is not the same around the two.
fn same_until(text: &[u8], known: usize, place: usize) -> Option<usize> {
    let differ = |from_known: usize, from_place: usize, len: usize| {
        between(text, from_known, from_known + len) != between(text, from_place, from_place + len)
    };
    let (before_known, before_place) = (known.checked_sub(AROUND)?, place.checked_sub(AROUND)?);
    if differ(known, place, GLANCE)
        || differ(before_known, before_place, GLANCE)
        || differ(before_known, before_place, AROUND)
    {
        return None;
    }
    let same = common_len(from(text, known), from(text, place));
    same.checked_sub(AROUND).map(|len| place + len)
}

/// How many bytes two texts have in common at their start.
fn common_len(left: &[u8], right: &[u8]) -> usize {
    const STRIDE: usize = 64;
    let strides = left.as_chunks::<STRIDE>().0.iter().zip(right.as_chunks::<STRIDE>().0);
    let len = strides.take_while(|(left, right)| left == right).count() * STRIDE;
    let rest = from(left, len).iter().zip(from(right, len));
    len + rest.take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{looks_secret, redact, scan::without_gate};

    #[test]
    fn what_repeats_itself_is_judged_at_its_start_and_at_its_end() {
        let text = "token: ".repeat(1_000);
        let mut repeats = Repeats::default();
        let held: Vec<usize> = (0..text.len())
            .step_by(7)
            .filter_map(|place| repeats.hold_until(text.as_bytes(), place))
            .collect();
        assert_eq!(held.first(), Some(&(text.len() - AROUND)));
        let mut repeats = Repeats::default();
        let other: String = (0..1_000).map(|number| format!("token{number:03}: ")).collect();
        let any = (0..other.len())
            .step_by(10)
            .any(|place| repeats.hold_until(other.as_bytes(), place).is_some());
        assert!(!any);
    }

    #[test]
    fn a_secret_behind_or_amid_what_repeats_itself_is_found() {
        for piece in ["token: ", "sk-", "password", "://", "eyJ", "=:", "auth: key= ", "Bearer "] {
            for count in [1, 10, 100, 200, 1_000] {
                let noise = format!("{}\n", piece.repeat(count));
                let text = format!("{noise}api_key=4f9d27c1b8e35a60aa17 {noise}pool=a");
                let clean = redact(&text).into_owned();
                assert!(!clean.contains("4f9d27c1b8e35a60aa17"), "{count} x {piece}");
                assert_eq!(redact(&clean), clean, "{count} x {piece}");
            }
        }
    }

    #[test]
    fn what_is_looked_at_without_the_gate_is_found_with_repeats_as_well() {
        let pieces =
            ["token", "secret=", ": ", "\n", "key ", "Bearer x1", "\"", "<password>", "pw "];
        for first in pieces {
            for second in pieces {
                let noise = format!("{first}{second}").repeat(120);
                for text in [noise.clone(), noise + " password=hunter2x"] {
                    let any = looks_secret(&text).is_some();
                    assert_eq!(any, !without_gate(&text).is_empty(), "{first}{second}");
                    assert!(!redact(&text).contains("hunter2x"), "{first}{second}");
                }
            }
        }
    }
}
