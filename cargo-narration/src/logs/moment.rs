//! A point in time: in goes what a log says, out come nanoseconds since 1970; and back to text.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::Nanos;

/// The time of a Timestamp, held at the ends of what 64 bits can count (1677 to 2262).
pub(super) fn nanos(timestamp: Timestamp) -> Nanos {
    let nanos = timestamp.as_nanosecond();
    Nanos::try_from(nanos).unwrap_or(if nanos < 0 { Nanos::MIN } else { Nanos::MAX })
}

/// Reads a point in time: RFC 3339, the same without a zone (UTC is meant), or a number.
#[must_use]
pub fn moment(text: &str) -> Option<Nanos> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(nanos(timestamp));
    }
    if let Ok(civil) = text.replace(',', ".").parse::<DateTime>() {
        return civil.to_zoned(TimeZone::UTC).ok().map(|zoned| nanos(zoned.timestamp()));
    }
    of_a_server(text).or_else(|| whole(text))
}

/// `02/Mar/2026:08:14:24 +0000`, as servers write it since the first of them.
fn of_a_server(text: &str) -> Option<Nanos> {
    text.get(2..3).filter(|slash| *slash == "/")?;
    let time = strtime::parse("%d/%b/%Y:%H:%M:%S %z", text).ok()?;
    time.to_timestamp().ok().map(nanos)
}

/// Reads a point in time from a JSON value.
pub(super) fn of_json(value: &Value) -> Option<Nanos> {
    match value {
        Value::String(text) => moment(text),
        Value::Number(number) => whole(&number.to_string()),
        _ => None,
    }
}

/// Reads a count since 1970; its size says of what: seconds, milli-, micro- or nanoseconds.
fn whole(text: &str) -> Option<Nanos> {
    if let Ok(count) = text.parse::<i64>() {
        let unit = match count.unsigned_abs() {
            0..100_000_000_000 => 1_000_000_000,
            100_000_000_000..100_000_000_000_000 => 1_000_000,
            100_000_000_000_000..100_000_000_000_000_000 => 1_000,
            _ => 1,
        };
        return count.checked_mul(unit);
    }
    // A fraction is one of seconds; as a float it would lose its last digits.
    let (seconds, fraction) = text.split_once('.')?;
    let digits = fraction.get(..fraction.len().min(9))?;
    let seconds: i64 = seconds.parse().ok()?;
    let nanos: i64 = format!("{digits:0<9}").parse().ok()?;
    let nanos = if text.starts_with('-') { -nanos } else { nanos };
    seconds.checked_mul(1_000_000_000)?.checked_add(nanos)
}

/// A point in time as text in UTC with microseconds, or nanoseconds where they matter.
#[must_use]
pub fn stamp(time: Nanos) -> String {
    let timestamp = Timestamp::from_nanosecond(i128::from(time)).unwrap_or_default();
    let digits = if time % 1_000 == 0 { 6 } else { 9 };
    format!("{timestamp:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_the_same_moment() {
        let wanted = Some(1_795_286_045_123_456_000);
        for text in [
            "2026-11-21T18:34:05.123456Z",
            "2026-11-21T19:34:05.123456+01:00",
            "2026-11-21 18:34:05.123456",
            "2026-11-21 18:34:05,123456",
            "1795286045.123456",
            "1795286045123456",
            "1795286045123456000",
            "2026-11-21T19:34:05.123456+0100",
        ] {
            assert_eq!(moment(text), wanted, "{text}");
        }
        assert_eq!(moment("1795286045"), Some(1_795_286_045_000_000_000));
        assert_eq!(moment("1795286045123"), Some(1_795_286_045_123_000_000));
        assert_eq!(moment("21/Nov/2026:19:34:05 +0100"), moment("1795286045"));
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn a_stamp_keeps_what_was_read() {
        for text in ["2026-11-21T18:34:05.123456Z", "2026-11-21T18:34:05.123456789Z"] {
            assert_eq!(moment(text).map(stamp).as_deref(), Some(text));
        }
    }
}
