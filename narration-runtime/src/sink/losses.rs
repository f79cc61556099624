//! What could not be written, by reason.
//!
//! In: counts from whoever gave a line up. Out: a [`Losses`] anybody may read,
//! and for the sink's own account what has not been told yet.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a line was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LossReason {
    /// The buffer was full, and the delivery is [`DropNewest`](super::Delivery::DropNewest).
    Full,
    /// The line alone is larger than the whole buffer, or than a message of the sink's may be.
    TooLarge,
    /// The disk is full, a quota is used up, or the file may not grow.
    DiskFull,
    /// Nobody reads the other end any more.
    ClosedPipe,
    /// The file may not be written, or is gone and cannot be made again.
    Unwritable,
    /// The system refused the write for another reason.
    Failed,
    /// The sink took nothing until the time for shutting down was over.
    Shutdown,
    /// A process that was forked off without `exec`: its parent has the writing thread.
    Forked,
}

impl LossReason {
    /// Every reason, in the order of their counters.
    pub const ALL: [Self; 8] = [
        Self::Full,
        Self::TooLarge,
        Self::DiskFull,
        Self::ClosedPipe,
        Self::Unwritable,
        Self::Failed,
        Self::Shutdown,
        Self::Forked,
    ];

    /// The reason in one stable word, for counters and queries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::TooLarge => "too-large",
            Self::DiskFull => "disk-full",
            Self::ClosedPipe => "closed-pipe",
            Self::Unwritable => "unwritable",
            Self::Failed => "failed",
            Self::Shutdown => "shutdown",
            Self::Forked => "forked",
        }
    }

    /// The reason behind an error of the system.
    pub(super) fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull,
            Kind::BrokenPipe | Kind::ConnectionRefused | Kind::ConnectionReset => Self::ClosedPipe,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem | Kind::NotFound => Self::Unwritable,
            _ if is_too_large(error) => Self::TooLarge,
            _ => Self::Failed,
        }
    }
}

/// Whether a message was larger than its socket takes.
#[cfg(unix)]
fn is_too_large(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::MSGSIZE.raw_os_error())
}

#[cfg(not(unix))]
fn is_too_large(_: &io::Error) -> bool {
    false
}

impl fmt::Display for LossReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Lines that one sink lost for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The sink: `stdout`, `stderr`, the path of a file or socket, or an address.
    pub sink: String,
    /// Why.
    pub reason: LossReason,
    /// How many lines.
    pub lines: u64,
}

/// What was lost so far, by sink and reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(pub(super) Vec<Loss>);

impl Losses {
    /// How many lines were lost, for whatever reason.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().map(|loss| loss.lines).sum()
    }

    /// How many lines were lost for this reason.
    #[must_use]
    pub fn of(&self, reason: LossReason) -> u64 {
        self.0.iter().filter(|loss| loss.reason == reason).map(|loss| loss.lines).sum()
    }

    /// Each reason lines were lost for.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.0.iter()
    }
}

/// A counter for each reason.
#[derive(Debug, Default)]
pub(super) struct Counters([AtomicU64; LossReason::ALL.len()]);

impl Counters {
    pub(super) fn add(&self, reason: LossReason, lines: u64) {
        if let Some(counter) = self.0.get(reason as usize) {
            counter.fetch_add(lines, Ordering::Relaxed);
        }
    }

    pub(super) fn get(&self, reason: LossReason) -> u64 {
        self.0.get(reason as usize).map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    pub(super) fn total(&self) -> u64 {
        LossReason::ALL.into_iter().map(|reason| self.get(reason)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_its_own_counter_and_name() {
        let counters = Counters::default();
        for (lines, reason) in (1..).zip(LossReason::ALL) {
            counters.add(reason, lines);
        }
        for (lines, reason) in (1..).zip(LossReason::ALL) {
            assert_eq!(counters.get(reason), lines, "{reason}");
        }
        assert_eq!(counters.total(), 36);
    }

    #[test]
    fn an_error_of_the_system_has_its_reason() {
        let of = |kind: io::ErrorKind| LossReason::of(&kind.into());
        assert_eq!(of(io::ErrorKind::StorageFull), LossReason::DiskFull);
        assert_eq!(of(io::ErrorKind::BrokenPipe), LossReason::ClosedPipe);
        assert_eq!(of(io::ErrorKind::NotFound), LossReason::Unwritable);
        assert_eq!(of(io::ErrorKind::TimedOut), LossReason::Failed);
    }
}
