//! How long requests take, so that one that waits can be told when it starts.
//!
//! In: how long requests took. Out: a prediction.

use std::time::Duration;

/// The moving average of how long a request takes.
#[derive(Clone, Copy, Debug)]
pub struct Pace(Duration);

/// What a request takes before any was seen.
const AT_FIRST: Duration = Duration::from_millis(140);

/// How much the past weighs against the newest request, of one more than this.
const MEMORY: u32 = 3;

impl Default for Pace {
    fn default() -> Self {
        Self(AT_FIRST)
    }
}

impl Pace {
    /// Learns from a request.
    pub fn learn(&mut self, took: Duration) {
        // A request that took for ever must not make the prediction useless, nor overflow it.
        let took = took.min(Duration::from_secs(3600));
        self.0 = (self.0 * MEMORY + took) / (MEMORY + 1);
    }

    /// When a request starts that has this many ahead of it.
    #[must_use]
    pub fn eta(&self, ahead: usize) -> Duration {
        self.0.saturating_mul(u32::try_from(ahead).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_any_request_three_ahead_are_420_ms() {
        assert_eq!(Pace::default().eta(3), Duration::from_millis(420));
        assert_eq!(Pace::default().eta(0), Duration::ZERO);
    }

    #[test]
    fn it_follows_what_requests_take() {
        let mut pace = Pace::default();
        for _ in 0..40 {
            pace.learn(Duration::from_millis(1000));
        }
        assert!((999..=1000).contains(&pace.eta(1).as_millis()), "{pace:?}");
        pace.learn(Duration::MAX);
        assert!(pace.eta(usize::MAX) > Duration::ZERO);
    }
}
