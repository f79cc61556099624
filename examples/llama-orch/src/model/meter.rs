//! How often a long work says how far it is.
//!
//! In: how much is done. Out: whether to tell it now: not before some time has
//! passed and some part was done since the last time, and always at the end.

use std::time::{Duration, Instant};

/// At least this long between two tellings.
const PAUSE: Duration = Duration::from_millis(50);

/// At least this much between two tellings, in percent.
const STEP: f64 = 10.0;

/// How far a work is.
#[derive(Clone, Debug)]
pub struct Meter {
    total: Option<u64>,
    done: u64,
    told: f64,
    told_at: Instant,
}

impl Meter {
    /// Of a work that begins now; its total may not be known.
    #[must_use]
    pub fn new(total: Option<u64>, now: Instant) -> Self {
        Self { total, done: 0, told: 0.0, told_at: now }
    }

    /// So much more is done. Whether it is to be told.
    pub fn add(&mut self, more: u64, now: Instant) -> bool {
        self.done += more;
        let whole = self.total == Some(self.done);
        let far = self.percent().is_none_or(|percent| percent - self.told >= STEP);
        let due = whole || (far && now.duration_since(self.told_at) >= PAUSE);
        if due {
            (self.told, self.told_at) = (self.percent().unwrap_or_default(), now);
        }
        due
    }

    /// How much is done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done
    }

    /// How much there is, if that is known.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How much of the whole is done, if the whole is known.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "a percentage needs no 53 bits")]
        self.total
            .map(|total| if total == 0 { 100.0 } else { self.done as f64 * 100.0 / total as f64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fast_work_is_told_by_time_and_a_slow_one_by_percent() {
        let began = Instant::now();
        let mut fast = Meter::new(Some(1000), began);
        let told = (1..=1000).filter(|_| fast.add(1, began)).count();
        assert_eq!(told, 1, "its end alone");
        let mut slow = Meter::new(Some(1000), began);
        let at = |step: u32| began + PAUSE * step;
        let told = (1..=1000).filter(|step| slow.add(1, at(*step))).count();
        assert_eq!(told, 10);
    }

    #[test]
    fn a_total_of_nothing_and_no_total_are_no_trouble() {
        let began = Instant::now();
        assert_eq!(Meter::new(Some(0), began).percent(), Some(100.0));
        let mut endless = Meter::new(None, began);
        assert!(!endless.add(5, began) && endless.add(5, began + PAUSE));
        assert_eq!((endless.done(), endless.percent()), (10, None));
    }
}
