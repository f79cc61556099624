//! The time of a record: in goes the system's time, out comes its text in UTC with microseconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;

/// Turns system times into text and remembers the text of the current second, so that the
/// calendar is only asked when the second changes.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The second that `text` begins with.
    second: Option<i64>,
    /// The last stamp.
    text: String,
    /// How much of `text` belongs to the second, its decimal point included.
    prefix: usize,
}

impl Clock {
    /// A clock that has not been asked yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { second: None, text: String::new(), prefix: 0 }
    }

    /// The text of a time, such as `2026-11-21T18:34:05.123456Z`. Times outside the years -9999
    /// to 9999 are held at that end of the calendar.
    pub fn stamp(&mut self, now: SystemTime) -> &str {
        let (second, micros) = split(now);
        if self.second == Some(second) {
            self.text.truncate(self.prefix);
        } else {
            self.turn_to(second);
        }
        // One digit more than needed keeps the leading zeros.
        let mut digits = itoa::Buffer::new();
        self.text.push_str(&digits.format(1_000_000 + micros)[1..]);
        self.text.push('Z');
        &self.text
    }

    fn turn_to(&mut self, second: i64) {
        let end = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let time = Timestamp::from_second(second).unwrap_or(end);
        let time = Timestamp::from_second(time.as_second()).unwrap_or(time);
        self.text.clear();
        // Writing to a string cannot fail.
        let _ = DateTimePrinter::new().print_timestamp(&time, &mut self.text);
        self.text.truncate(self.text.trim_end_matches('Z').len());
        self.text.push('.');
        self.prefix = self.text.len();
        self.second = Some(second);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// Whole seconds since 1970, downwards also before it, and the microseconds from there on.
fn split(now: SystemTime) -> (i64, u32) {
    match now.duration_since(UNIX_EPOCH) {
        Ok(after) => (seconds(after), after.subsec_micros()),
        Err(error) => {
            let before = error.duration();
            match before.subsec_nanos() {
                0 => (-seconds(before), 0),
                nanos => (-seconds(before) - 1, (1_000_000_000 - nanos) / 1_000),
            }
        }
    }
}

fn seconds(duration: Duration) -> i64 {
    // Far beyond the calendar's end either way.
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64, nanos: u64) -> SystemTime {
        let whole = Duration::from_secs(second.unsigned_abs());
        let start = if second < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
        start + Duration::from_nanos(nanos)
    }

    #[test]
    fn a_stamp_is_utc_with_microseconds() {
        let mut clock = Clock::default();
        let moment = at(1_795_286_045, 123_456_789);
        assert_eq!(clock.stamp(moment), "2026-11-21T18:34:05.123456Z");
        assert_eq!(clock.stamp(at(1_795_286_045, 7_000)), "2026-11-21T18:34:05.000007Z");
    }

    #[test]
    fn the_clock_may_jump_either_way() {
        let mut clock = Clock::new();
        assert_eq!(clock.stamp(at(1, 0)), "1970-01-01T00:00:01.000000Z");
        assert_eq!(clock.stamp(at(0, 999_999_999)), "1970-01-01T00:00:00.999999Z");
        assert_eq!(clock.stamp(at(-1, 1_000)), "1969-12-31T23:59:59.000001Z");
        assert_eq!(clock.stamp(at(-1, 0)), "1969-12-31T23:59:59.000000Z");
        assert_eq!(clock.stamp(at(951_782_400, 0)), "2000-02-29T00:00:00.000000Z");
    }

    #[test]
    fn a_time_beyond_the_calendar_is_held_at_its_end() {
        let mut clock = Clock::new();
        assert!(clock.stamp(at(i64::MAX / 4, 0)).starts_with("9999-12-30T"));
        assert!(clock.stamp(at(-(i64::MAX / 4), 0)).starts_with("-009999-01-02T"));
    }

    proptest! {
        #[test]
        fn every_stamp_reads_back_as_its_moment(
            moments in prop::collection::vec((-10_000_000_000_i64..10_000_000_000, 0..1_000_000_i64), 1..20)
        ) {
            let mut clock = Clock::new();
            for (second, micros) in moments {
                let stamp = clock.stamp(at(second, micros.unsigned_abs() * 1_000));
                prop_assert!(stamp.len() == 27, "{}", stamp);
                let read: Timestamp = stamp.parse().unwrap();
                prop_assert_eq!(read.as_microsecond(), second * 1_000_000 + micros);
            }
        }
    }
}
