//! How windows are put together: ordinary text goes in, a sign for each window comes out.
//!
//! A group gives an alarm where each of its thirds has the pair that stands there. How often it does
//! is counted in the text; what the text has no example of is weighed by how common its pairs are.

use std::iter;

use super::{GROUPS, LINE};
use crate::tables::{
    Pairs, WINDOW, join,
    weigh::{FOLDED, fold},
    windows::{self, Window},
};

/// How often every window is put anew, once all others have their place.
const ROUNDS: usize = 2;
/// What an alarm costs before the first window of its group is tried, in windows.
const ALARM: f64 = 150.0;
/// How much of a pair's chance comes from those of its two bytes.
const MIXED: f64 = 0.1;

const THIRDS: usize = WINDOW / 2;

/// For each third a set of pairs, and the places of the text where one of them stands, as bits.
#[derive(Clone)]
struct Thirds {
    pairs: [Pairs; THIRDS],
    places: [Vec<u64>; THIRDS],
}

/// A group while it is put together: its windows, their pairs, how common these are in each third,
/// and what its alarms cost.
#[derive(Clone)]
struct Group {
    windows: Vec<usize>,
    thirds: Thirds,
    chances: [f64; THIRDS],
    cost: f64,
}

/// What ordinary text is like.
struct Text {
    places: Vec<[usize; WINDOW]>,
    /// How common each pair is.
    chances: Vec<[f64; FOLDED]>,
}

impl Text {
    fn of(text: &[u8]) -> Self {
        let all = text.windows(WINDOW).filter(|window| !window.contains(&b'\n'));
        let folded = |window: &[u8]| std::array::from_fn(|index| fold(window[index]));
        Self { places: all.map(folded).collect(), chances: chances(text) }
    }

    /// Where the pairs of a window stand.
    fn thirds(&self, window: &Window) -> Thirds {
        let mut pairs = [[0; FOLDED]; THIRDS];
        join(&mut pairs, &window.places);
        let places = std::array::from_fn(|third| {
            let words = self.places.chunks(u64::BITS as usize).map(|word| {
                let stands = |place: &[usize; WINDOW]| {
                    pairs[third][place[2 * third]] >> place[2 * third + 1] & 1
                };
                word.iter().rev().fold(0, |bits, place| bits << 1 | stands(place))
            });
            words.collect()
        });
        Thirds { pairs, places }
    }

    fn no_group(&self) -> Group {
        let words = self.places.len().div_ceil(u64::BITS as usize);
        let thirds = Thirds {
            pairs: [[0; FOLDED]; THIRDS],
            places: std::array::from_fn(|_| vec![0; words]),
        };
        Group { windows: Vec::new(), thirds, chances: [0.0; THIRDS], cost: 0.0 }
    }

    /// How common a group's pairs are with a window's among them.
    fn chances_with(&self, group: &Group, window: &Thirds) -> [f64; THIRDS] {
        std::array::from_fn(|third| {
            let (had, more) = (&group.thirds.pairs[third], &window.pairs[third]);
            let lefts = (0..FOLDED).filter(|left| more[*left] & !had[*left] != 0);
            let added = lefts.map(|left| {
                let rights = ones(more[left] & !had[left]);
                rights.map(|right| self.chances[left][right]).sum::<f64>()
            });
            group.chances[third] + added.sum::<f64>()
        })
    }

    /// What the alarms of a group cost with one window more.
    fn cost_with(&self, group: &Group, window: &Thirds) -> f64 {
        let words = |third: usize| {
            let words = group.thirds.places[third].iter().zip(&window.places[third]);
            words.map(|(had, more)| had | more)
        };
        let all = words(0).zip(words(1)).zip(words(2)).map(|((one, two), three)| one & two & three);
        let counted = all.map(u64::count_ones).sum::<u32>();
        let foreseen: f64 = self.chances_with(group, window).iter().product();
        let alarms = f64::from(counted) / self.places.len() as f64 + foreseen;
        alarms * (ALARM + group.windows.len() as f64 + 1.0)
    }

    /// Puts a window into a group.
    fn put(&self, group: &mut Group, index: usize, window: &Thirds) {
        group.cost = self.cost_with(group, window);
        group.chances = self.chances_with(group, window);
        group.windows.push(index);
        for third in 0..THIRDS {
            let lefts = group.thirds.pairs[third].iter_mut().zip(&window.pairs[third]);
            lefts.for_each(|(had, more)| *had |= more);
            let words = group.thirds.places[third].iter_mut().zip(&window.places[third]);
            words.for_each(|(had, more)| *had |= more);
        }
    }

    /// Puts a window where it adds least to what alarms cost, and says where.
    fn put_best(&self, groups: &mut [Group], index: usize, window: &Thirds) -> usize {
        let costs = groups.iter().map(|group| self.cost_with(group, window) - group.cost);
        let best = costs.enumerate().min_by(|left, right| left.1.total_cmp(&right.1)).unwrap().0;
        self.put(&mut groups[best], index, window);
        best
    }
}

/// How common each pair is in a text, and a little how common it had to be for its bytes.
fn chances(text: &[u8]) -> Vec<[f64; FOLDED]> {
    let mut singles = [1.0 / text.len() as f64; FOLDED];
    let mut pairs = vec![[0.0; FOLDED]; FOLDED];
    for (left, right) in text.iter().zip(&text[1..]) {
        singles[fold(*left)] += 1.0 / text.len() as f64;
        pairs[fold(*left)][fold(*right)] += 1.0 / text.len() as f64;
    }
    for (left, rights) in pairs.iter_mut().enumerate() {
        for (right, chance) in rights.iter_mut().enumerate() {
            *chance = (1.0 - MIXED) * *chance + MIXED * singles[left] * singles[right];
        }
    }
    pairs
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let one = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        Some(one as usize)
    })
}

/// Every window's group, as signs in lines.
pub(super) fn best(text: &[u8]) -> String {
    let text = Text::of(text);
    let windows = windows::all();
    let thirds: Vec<_> = windows.iter().map(|window| text.thirds(window)).collect();
    let mut groups = vec![text.no_group(); GROUPS];
    let mut chosen: Vec<_> = thirds
        .iter()
        .enumerate()
        .map(|(index, window)| text.put_best(&mut groups, index, window))
        .collect();
    for (index, window) in thirds.iter().enumerate().cycle().take(ROUNDS * thirds.len()) {
        let group = &mut groups[chosen[index]];
        let others = std::mem::replace(group, text.no_group()).windows;
        for other in others.into_iter().filter(|other| *other != index) {
            text.put(group, other, &thirds[other]);
        }
        chosen[index] = text.put_best(&mut groups, index, window);
    }
    let signs: Vec<_> = chosen.iter().map(|group| char::from(b'0' + *group as u8)).collect();
    signs.chunks(LINE).map(|line| line.iter().chain(&['\n']).collect::<String>()).collect()
}
