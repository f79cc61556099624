//! Payment card numbers: text and a place go in, the next number with valid check digits comes out.

use crate::bytes::{self, ALNUM, DIGIT, at, before, from};

/// The next card number at or behind a place.
pub(super) fn next(text: &[u8], place: usize) -> Option<(usize, usize)> {
    let mut start = place;
    loop {
        start += from(text, start).iter().position(u8::is_ascii_digit)?;
        let glued = bytes::is(before(text, start), ALNUM)
            || matches!(before(text, start), b'.' | b'-' | b'_');
        if !glued && let Some(end) = number_end(text, start) {
            return Some((start, end));
        }
        start = bytes::run_end(text, start, DIGIT);
    }
}

/// The end of a card number that starts at a place, whole or in groups.
fn number_end(text: &[u8], start: usize) -> Option<usize> {
    let mut digits = Digits::default();
    let mut place = start;
    let mut groups = [0_usize; 5];
    let mut separator = 0;
    for group in &mut groups {
        let end = bytes::run_end(text, place, DIGIT);
        *group = end - place;
        for &digit in text.get(place..end)? {
            digits.push(digit - b'0');
        }
        place = end;
        let next = at(text, place);
        let same = separator == 0 || next == separator;
        if !same
            || !matches!(next, b' ' | b'-')
            || !bytes::is(at(text, place + 1), DIGIT)
            || *group > 6
        {
            break;
        }
        separator = next;
        place += 1;
    }
    let glued = bytes::is(at(text, place), ALNUM)
        || at(text, place) == b'_'
        || at(text, place) == b'.' && at(text, place + 1).is_ascii_digit();
    (!glued && is_grouped(&groups) && digits.are_a_card()).then_some(place)
}

/// One group, or groups as cards have them printed on.
fn is_grouped(groups: &[usize; 5]) -> bool {
    matches!(
        groups,
        [12..=19, 0, ..] | [4, 4, 4, 1..=4, 0] | [4, 4, 4, 4, 1..=3] | [4, 6, 4..=5, 0, 0]
    )
}

/// The digits of a number, as far as its check needs them.
#[derive(Default)]
struct Digits {
    value: [u8; 19],
    len: usize,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        if let Some(slot) = self.value.get_mut(self.len) {
            *slot = digit;
        }
        self.len += 1;
    }

    fn are_a_card(&self) -> bool {
        let Some(digits) = self.value.get(..self.len) else { return false };
        let lead = |count: usize| {
            digits.iter().take(count).fold(0_u32, |value, digit| value * 10 + u32::from(*digit))
        };
        is_issued(lead(4), self.len) && luhn(digits)
    }
}

/// Whether issuers give out numbers that start so and are so long.
fn is_issued(lead: u32, len: usize) -> bool {
    match lead {
        4000..=4999 => matches!(len, 13 | 16 | 19),
        5100..=5599 | 2221..=2720 => len == 16,
        3400..=3499 | 3700..=3799 | 2131 | 1800 | 1000..=1799 => len == 15,
        3600..=3699 | 3800..=3999 | 3000..=3059 | 3095 => matches!(len, 14 | 16..=19),
        3500..=3599 | 6011 | 6440..=6599 | 6200..=6299 => matches!(len, 16..=19),
        5000..=5099 | 5600..=5899 | 6000..=6999 => matches!(len, 12..=19),
        _ => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match place % 2 {
            0 => u32::from(digit),
            _ => u32::from(digit) * 2 / 10 + u32::from(digit) * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|&digit| digit != 0)
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Option<&str> {
        super::next(text.as_bytes(), 0).map(|(start, end)| &text[start..end])
    }

    #[test]
    fn numbers_with_valid_check_digits() {
        for card in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "378282246310005",
            "3782 822463 10005",
            "30569309025904",
            "6011111111111117",
            "3530111333300000",
        ] {
            assert_eq!(found(&format!("card {card}, thanks")), Some(card));
        }
    }

    #[test]
    fn other_numbers() {
        for text in [
            "4111111111111112",
            "1759190400123456789",
            "315066060715038716",
            "0.4111111111111111",
            "id-4111111111111111",
            "4111111111111111ab",
            "12 34 56",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
