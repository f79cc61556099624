//! How often a crashed engine is started again.
//!
//! In: the time of each crash. Out: how long to wait before the next start, or
//! nothing when it crashed too often.

use std::time::{Duration, Instant};

/// So many restarts within so long.
#[derive(Clone, Debug)]
pub struct Budget {
    most: usize,
    within: Duration,
    crashes: Vec<Instant>,
}

/// How long the first restart waits; each further one waits twice as long.
const FIRST: Duration = Duration::from_millis(20);

impl Budget {
    /// So many restarts within so long.
    #[must_use]
    pub fn new(most: usize, within: Duration) -> Self {
        Self { most, within, crashes: Vec::new() }
    }

    /// It crashed now: how long to wait before it is started again, unless that was once too often.
    pub fn spend(&mut self, now: Instant) -> Option<Duration> {
        self.crashes.retain(|crash| now.duration_since(*crash) < self.within);
        self.crashes.push(now);
        let before = self.crashes.len() - 1;
        let factor = 2_u32.saturating_pow(u32::try_from(before).unwrap_or(u32::MAX));
        (before < self.most).then(|| FIRST.saturating_mul(factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_restart_waits_longer_and_then_there_is_none() {
        let (mut budget, now) = (Budget::new(3, Duration::from_secs(60)), Instant::now());
        let waits: Vec<_> =
            (0..4).map(|_| budget.spend(now).map(|wait| wait.as_millis())).collect();
        assert_eq!(waits, [Some(20), Some(40), Some(80), None]);
    }

    #[test]
    fn crashes_are_forgotten() {
        let (mut budget, now) = (Budget::new(1, Duration::from_secs(60)), Instant::now());
        assert_eq!(budget.spend(now), Some(FIRST));
        assert_eq!(budget.spend(now + Duration::from_secs(59)), None);
        assert_eq!(budget.spend(now + Duration::from_secs(180)), Some(FIRST));
    }
}
