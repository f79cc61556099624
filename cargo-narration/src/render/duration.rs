//! Times for eyes: in go nanoseconds, out come `85 µs`, `7.4 s`, `2 min 05 s`; and the time of day.

use crate::logs::{Nanos, stamp};

/// A length of time with two or three digits, which is what one can compare.
pub(crate) fn span(nanos: Nanos) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.unsigned_abs();
    let short = |count: f64, unit: &str| {
        let digits = if count < 10.0 { 2 } else { usize::from(count < 100.0) };
        let text = format!("{count:.digits$}");
        let text = if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        };
        format!("{sign}{text} {unit}")
    };
    match nanos {
        0 => "0 ms".to_owned(),
        1..1_000 => format!("{sign}{nanos} ns"),
        1_000..999_500 => short(nanos as f64 / 1e3, "µs"),
        999_500..999_500_000 => short(nanos as f64 / 1e6, "ms"),
        999_500_000..60_000_000_000 => short(nanos as f64 / 1e9, "s"),
        60_000_000_000..3_600_000_000_000 => {
            let seconds = nanos / 1_000_000_000;
            format!("{sign}{} min {:02} s", seconds / 60, seconds % 60)
        }
        _ => {
            let minutes = nanos / 60_000_000_000;
            format!("{sign}{} h {:02} min", minutes / 60, minutes % 60)
        }
    }
}

/// The time of day of a moment, in UTC.
pub(crate) fn clock(time: Nanos) -> String {
    let stamp = stamp(time);
    let clock = stamp.split_once('T').map_or(stamp.as_str(), |(_, clock)| clock);
    clock.trim_end_matches('Z').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_the_digits_one_can_compare() {
        for (nanos, text) in [
            (0, "0 ms"),
            (85, "85 ns"),
            (85_000, "85 µs"),
            (1_230_000, "1.23 ms"),
            (420_000_000, "420 ms"),
            (999_700_000, "1 s"),
            (7_400_000_000, "7.4 s"),
            (59_990_000_000, "60 s"),
            (125_000_000_000, "2 min 05 s"),
            (11_520_000_000_000, "3 h 12 min"),
            (-7_000_000, "-7 ms"),
        ] {
            assert_eq!(span(nanos), text);
        }
    }
}
