//! What was refused of a context that came from outside.
//!
//! In: where something stood, why it cannot be used, how long it was. Out: a
//! count and a narration of just that: what was sent is never repeated.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use super::CorrelationId;

/// How many values this process has refused.
static REFUSED: AtomicU64 = AtomicU64::new(0);

/// A value of a context that was refused, and what it was replaced by or dropped for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The key it stood under.
    pub key: &'static str,
    /// Why, in one stable word.
    pub reason: &'static str,
    /// Its length in bytes; that of all its values where there are several.
    pub len: usize,
}

/// How many values of contexts from outside this process has refused so far.
#[must_use]
pub fn refusals() -> u64 {
    REFUSED.load(Ordering::Relaxed)
}

impl Refused {
    /// Counts it, and narrates it under the id that is used instead.
    pub(super) fn tell(&self, id: &CorrelationId) {
        let Self { key, reason, len } = *self;
        REFUSED.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(
            target: "narration_runtime::context",
            correlation_id = id.as_str(),
            key,
            reason,
            length = len,
            "{self}"
        );
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, reason, len } = self;
        write!(f, "refused {key} of {len} bytes ({reason})")
    }
}
