//! Whether it is time to say how far a work is.
//!
//! In: how much more is done, and when. Out: yes or no.

use std::time::{Duration, Instant};

use super::Reached;

/// How far a work is, and when that was told.
#[derive(Clone, Debug)]
pub(super) struct Meter {
    total: Option<u64>,
    done: u64,
    told_done: u64,
    told_at: Instant,
    step: f64,
    least: Duration,
    most: Duration,
}

impl Meter {
    pub(super) fn new(total: Option<u64>, now: Instant) -> Self {
        Self {
            total,
            done: 0,
            told_done: 0,
            told_at: now,
            step: 10.0,
            least: Duration::from_millis(200),
            most: Duration::from_secs(10),
        }
    }

    pub(super) fn every(&mut self, step: f64, least: Duration, most: Duration) {
        (self.step, self.least, self.most) = (step, least, most);
    }

    /// So much more is done. Whether it is to be told.
    pub(super) fn add(&mut self, more: u64, now: Instant) -> bool {
        let before = self.done;
        self.done = self.done.saturating_add(more);
        let since = now.saturating_duration_since(self.told_at);
        let ends = self.total.is_some_and(|total| before < total && self.done >= total);
        let far = self.percent(self.done - self.told_done).is_some_and(|step| step >= self.step);
        let due = ends || (far && since >= self.least) || since >= self.most;
        if due {
            (self.told_done, self.told_at) = (self.done, now);
        }
        due
    }

    pub(super) fn reached(&self) -> Reached {
        Reached { done: self.done, total: self.total, percent: self.percent(self.done) }
    }

    /// A part of the total.
    #[allow(clippy::cast_precision_loss, reason = "a percentage needs no 53 bits")]
    fn percent(&self, part: u64) -> Option<f64> {
        let total = self.total?;
        Some(if total == 0 { 100.0 } else { part as f64 * 100.0 / total as f64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(200);

    /// How often it is told when each of 1,000 parts takes so long.
    fn told(total: Option<u64>, part: Duration) -> usize {
        let began = Instant::now();
        let mut meter = Meter::new(total, began);
        (1..=1000).filter(|step| meter.add(1, began + part * *step)).count()
    }

    #[test]
    fn a_fast_work_is_told_by_its_end_and_a_slow_one_by_percent_or_time() {
        assert_eq!(told(Some(1000), Duration::ZERO), 1, "its end alone");
        assert_eq!(told(Some(1000), Duration::from_millis(50)), 10, "each ten percent");
        assert_eq!(told(Some(1000), Duration::from_secs(5)), 500, "each ten seconds");
        assert_eq!(told(None, Duration::from_secs(1)), 100, "without a total by time alone");
        assert_eq!(told(None, Duration::ZERO), 0);
    }

    #[test]
    fn the_end_is_told_once_and_more_than_was_said_is_no_trouble() {
        let began = Instant::now();
        let mut meter = Meter::new(Some(10), began);
        assert!(meter.add(10, began));
        assert!(!meter.add(10, began));
        assert_eq!(meter.reached().percent, Some(200.0));
        assert!(!meter.add(u64::MAX, began));
        assert_eq!(meter.reached().done, u64::MAX);
        assert_eq!(Meter::new(Some(0), began).reached().percent, Some(100.0));
    }

    #[test]
    fn others_may_be_told_as_often_as_they_like() {
        let began = Instant::now();
        let mut meter = Meter::new(Some(100), began);
        meter.every(0.0, Duration::ZERO, STEP);
        assert!((1..=99).all(|_| meter.add(1, began)));
    }
}
