//! When a file is put away, and what becomes of it.
//!
//! In: choices. Out: whether a file is due, by its size or its age.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// When a file is put away, and what becomes of it. What is put away keeps the
/// file's name with the time between stem and ending, in UTC:
/// `depot.jsonl` becomes `depot.20261121T183405.123456Z.jsonl`.
///
/// ```
/// use narration_runtime::{Rotation, Sink};
///
/// let rotation = Rotation::new().at_bytes(100 * 1024 * 1024).daily().keep(14);
/// let sink = Sink::file("depot.jsonl").rotation(rotation);
/// # let _ = sink;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    bytes: Option<u64>,
    every: Option<Duration>,
    pub(super) keep: Option<usize>,
    pub(super) compress: bool,
}

impl Rotation {
    /// Never, until something is chosen.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Before the file would grow beyond so many bytes. A line that is longer has a file of
    /// its own.
    #[must_use]
    pub fn at_bytes(mut self, bytes: u64) -> Self {
        self.bytes = Some(bytes);
        self
    }

    /// With the first line of each period of this length. Periods are counted from
    /// midnight UTC of 1 January 1970, so that whole hours and days begin as on a clock.
    #[must_use]
    pub fn every(mut self, period: Duration) -> Self {
        self.every = Some(period);
        self
    }

    /// With the first line of each hour.
    #[must_use]
    pub fn hourly(self) -> Self {
        self.every(Duration::from_secs(60 * 60))
    }

    /// With the first line of each day, in UTC.
    #[must_use]
    pub fn daily(self) -> Self {
        self.every(Duration::from_secs(24 * 60 * 60))
    }

    /// Keeps so many files that were put away, and removes the oldest beyond them.
    #[must_use]
    pub fn keep(mut self, files: usize) -> Self {
        self.keep = Some(files);
        self
    }

    /// Compresses what was put away (`.gz`), as soon as no other process has it open.
    #[cfg(feature = "compress")]
    #[must_use]
    pub fn compress(mut self) -> Self {
        self.compress = true;
        self
    }

    /// The period a time belongs to.
    pub(super) fn period(&self, time: SystemTime) -> u64 {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let length = self.every.map_or(0, |every| every.as_nanos());
        since
            .as_nanos()
            .checked_div(length)
            .map_or(0, |period| u64::try_from(period).unwrap_or(u64::MAX))
    }

    /// How many more bytes a file of this length takes.
    pub(super) fn room(&self, length: u64) -> usize {
        let room = self.bytes.map(|most| most.saturating_sub(length));
        room.map_or(usize::MAX, |room| usize::try_from(room).unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_as_on_a_clock() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let hourly = Rotation::new().hourly();
        assert_eq!(hourly.period(at(3599)), 0);
        assert_eq!(hourly.period(at(3600)), 1);
        assert_eq!(Rotation::new().period(at(1 << 40)), 0, "none chosen, none ever over");
        let instant = Rotation::new().every(Duration::ZERO);
        assert_eq!(instant.period(at(7)), 0, "a period without a length is none");
    }

    #[test]
    fn a_file_has_room_for_what_is_left() {
        let small = Rotation::new().at_bytes(10);
        assert_eq!([0, 4, 10, 11].map(|length| small.room(length)), [10, 6, 0, 0]);
        assert_eq!(Rotation::new().room(u64::MAX), usize::MAX);
    }
}
