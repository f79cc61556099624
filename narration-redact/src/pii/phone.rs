//! Telephone numbers: text and a place go in, the next number comes out.
//!
//! A number counts with a country's code before it, grouped as numbers are written, or behind a
//! word that announces one; a bare row of digits in a log is nearly always something else.

use crate::bytes::{self, ALNUM, DIGIT, at, before, between, from};

/// The next telephone number at or behind a place.
pub(super) fn next(text: &[u8], place: usize) -> Option<(usize, usize)> {
    let mut start = place;
    loop {
        start +=
            from(text, start).iter().position(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'('))?;
        let glued = bytes::is(before(text, start), ALNUM)
            || matches!(before(text, start), b'.' | b'-' | b'_' | b'/' | b':' | b'=' | b'+');
        let number = Number::read(text, start);
        if !glued && number.is_phone(text) {
            return Some((number.start, number.end));
        }
        start = number.end.max(start + 1);
    }
}

/// Digits in groups.
struct Number {
    start: usize,
    end: usize,
    digits: usize,
    groups: [usize; 6],
    count: usize,
    dated: bool,
}

impl Number {
    fn read(text: &[u8], start: usize) -> Self {
        let mut number =
            Self { start, end: start, digits: 0, groups: [0; 6], count: 0, dated: false };
        let mut place = start;
        loop {
            let gap = from(text, place)
                .iter()
                .take(3)
                .take_while(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'+'))
                .count();
            let digits = bytes::run_end(text, place + gap, DIGIT);
            if digits == place + gap
                || (gap > 1
                    && number.count > 0
                    && !between(text, place, place + gap)
                        .iter()
                        .any(|byte| matches!(byte, b'(' | b')')))
            {
                break;
            }
            if let Some(slot) = number.groups.get_mut(number.count) {
                *slot = digits - place - gap;
            }
            number.count += 1;
            number.digits += digits - place - gap;
            number.dated |= at(text, digits) == b':';
            (place, number.end) = (digits, digits);
            if number.digits > 15 {
                break;
            }
        }
        number
    }

    fn is_phone(&self, text: &[u8]) -> bool {
        let groups = self.groups.get(..self.count.min(self.groups.len())).unwrap_or_default();
        let glued =
            bytes::is(at(text, self.end), ALNUM) && at(text, self.end) != b'x' || self.dated;
        if glued || !(6..=15).contains(&self.digits) {
            return false;
        }
        let first = at(text, self.start);
        let international = first == b'+' && self.digits >= 8;
        let american = matches!(groups, [3, 3, 4] | [1, 3, 3, 4]);
        let trunk = self.count >= 3
            && self.digits >= 9
            && (first == b'0' || between(text, self.start, self.start + 2) == b"(0")
            && groups.iter().all(|len| *len <= 4);
        international || american || trunk || announced(text, self.start)
    }
}

/// Whether a word before the number says what it is.
fn announced(text: &[u8], start: usize) -> bool {
    const WORDS: [&str; 10] = [
        "phone",
        "tel",
        "mobile",
        "fax",
        "cell",
        "call me",
        "answering",
        "messages to",
        "registered",
        "number is",
    ];
    let head = between(text, start.saturating_sub(24), start);
    // What stands before another number, or before the marker of one, speaks of that one.
    let behind = |byte: &u8| byte.is_ascii_digit() || *byte == b']';
    let head = head.rsplit(behind).next().unwrap_or_default();
    WORDS.iter().any(|word| {
        head.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Option<&str> {
        super::next(text.as_bytes(), 0).map(|(start, end)| &text[start..end])
    }

    #[test]
    fn numbers_as_they_are_written() {
        for number in [
            "+55 11 98456 5666",
            "+41 (0)71 526 99 04",
            "(415) 555-0132",
            "541-714-1388",
            "+14155550132",
            "01.84.17.61.18",
            "079 2718 1155",
        ] {
            assert_eq!(found(&format!("reach us: {number} daily")), Some(number));
        }
        assert_eq!(found("Phone: 72 128 827"), Some("72 128 827"));
    }

    #[test]
    fn other_rows_of_digits() {
        for text in [
            "2025-09-30 12:34:56,789",
            "1759190400123456789",
            "66750399376 bytes",
            "10.0.0.7",
            "step 3 of 12",
            "id=541-714-1388",
            "081109 203615 148",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
