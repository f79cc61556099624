//! Which windows are looked up together: a window goes in, its group comes out.
//!
//! Any grouping finds every anchor. How often a group is looked through in vain depends on what is
//! in it, so that windows which are alike are put together. The compiler would take long for that:
//! it is done by the test below, which says when `groups.txt` has to be written anew.

/// How many groups there are: one for each bit of a table's entry.
pub(super) const GROUPS: usize = 64;

/// One sign a window, from `0` on.
static SIGNS: &[u8] = include_bytes!("groups.txt");
/// How many signs stand in a line.
const LINE: usize = 64;

/// The group of a window.
pub(super) const fn group_of(window: usize) -> usize {
    let index = window / LINE * (LINE + 1) + window % LINE;
    if index < SIGNS.len() {
        (SIGNS[index] as usize).wrapping_sub(b'0' as usize) % GROUPS
    } else {
        window % GROUPS
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::*;
    use crate::tables::{
        Pairs, STEP, WINDOW, join,
        weigh::{FOLDED, WEIGHTS, fold, weight},
        windows::{self, Window},
    };

    /// What a false alarm costs before the first window of its group is tried, in windows.
    const ALARM: f64 = 200.0;

    /// Pairs that text which is made to be hostile repeats, as if each stood in logs so often.
    const HOSTILE: [[u8; 2]; 3] = [*b"//", *b":/", *b"/:"];
    const OFTEN: u64 = 400_000;

    /// A group while it is put together.
    #[derive(Clone)]
    struct Group {
        /// The pairs in each third of its windows, and how often these stand in logs.
        pairs: [Pairs; WINDOW / 2],
        weights: [f64; WINDOW / 2],
        windows: f64,
    }

    impl Group {
        /// How much more often the thirds stand in a text with a window's places in them.
        fn added(&self, window: &Window) -> [f64; WINDOW / 2] {
            let all = weight(u64::MAX) as f64;
            std::array::from_fn(|third| {
                let (left, right) = (window.places[2 * third], window.places[2 * third + 1]);
                let lefts = (0..FOLDED).filter(|left_byte| left.bits >> left_byte & 1 == 1);
                let sum: u64 = lefts
                    .map(|byte| WEIGHTS[byte] * weight(right.bits & !self.pairs[third][byte]))
                    .sum();
                let hostile =
                    HOSTILE.map(|pair| pair.map(fold)).into_iter().filter(|[first, second]| {
                        left.bits >> first & 1 == 1
                            && (right.bits & !self.pairs[third][*first]) >> second & 1 == 1
                    });
                (sum + OFTEN * hostile.count() as u64) as f64 / all / all
            })
        }

        /// What a window adds to the cost of false alarms: their chance, and the windows to try then.
        fn cost(&self, window: &Window) -> f64 {
            let added = self.added(window);
            let now: f64 = self.weights.iter().product();
            let then: f64 =
                self.weights.iter().zip(added).map(|(weight, more)| weight + more).product();
            then * (ALARM + self.windows + 1.0) - now * (ALARM + self.windows)
        }

        fn take(&mut self, window: &Window) {
            let added = self.added(window);
            self.weights.iter_mut().zip(added).for_each(|(weight, more)| *weight += more);
            join(&mut self.pairs, &window.places);
            self.windows += 1.0;
        }
    }

    /// Every window in the group where it adds least to the cost of false alarms.
    fn best() -> String {
        let none =
            Group { pairs: [[0; FOLDED]; WINDOW / 2], weights: [0.0; WINDOW / 2], windows: 0.0 };
        let mut groups = vec![none; GROUPS];
        let mut signs = String::new();
        for (index, window) in windows::all().iter().enumerate() {
            let costs = groups.iter().map(|group| group.cost(window));
            let best =
                costs.enumerate().min_by(|left, right| left.1.total_cmp(&right.1)).unwrap().0;
            groups[best].take(window);
            signs.push(char::from(b'0' + best as u8));
            if index % LINE == LINE - 1 {
                signs.push('\n');
            }
        }
        signs.trim_end().to_owned() + "\n"
    }

    #[test]
    fn windows_that_are_alike_are_together() {
        let best = best();
        if env::var_os("WRITE_GROUPS").is_some() {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tables/groups.txt");
            fs::write(file, &best).unwrap();
        }
        let same = best.as_bytes() == SIGNS;
        assert!(same, "the anchors changed: run this test with WRITE_GROUPS=1, then build again");
    }

    #[test]
    fn each_anchor_has_a_window_for_each_way_it_may_lie() {
        for ways in windows::all().chunks(STEP) {
            let mut lies: Vec<_> =
                ways.iter().map(|way| way.offset.rem_euclid(STEP as i8)).collect();
            lies.sort_unstable();
            assert_eq!(lies, [0, 1, 2, 3]);
            assert!(ways.iter().all(|way| way.offset > -(STEP as i8)));
        }
    }
}
