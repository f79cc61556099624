//! Bank account numbers: text and a place go in, the next valid IBAN comes out.

use crate::bytes::{self, ALNUM, at, before, between, from};

/// How long the numbers of each country are.
#[rustfmt::skip]
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22),
    (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24),
    (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18),
    (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27),
    (b"GT", 28), (b"HR", 21), (b"HU", 28), (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26), (b"IT", 27),
    (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20), (b"LU", 20),
    (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20), (b"MR", 27),
    (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23), (b"PK", 24), (b"PL", 28),
    (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33), (b"SA", 24), (b"SC", 31),
    (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"SO", 23), (b"ST", 25), (b"SV", 28),
    (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20), (b"YE", 30),
];

/// The next IBAN at or behind a place.
pub(super) fn next(text: &[u8], place: usize) -> Option<(usize, usize)> {
    (place..text.len().saturating_sub(14))
        .find_map(|start| number_end(text, start).map(|end| (start, end)))
}

fn number_end(text: &[u8], start: usize) -> Option<usize> {
    let head = between(text, start, start + 4);
    let shaped = matches!(head, [b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
    if !shaped || bytes::is(before(text, start), ALNUM) {
        return None;
    }
    let len =
        LENGTHS.iter().find(|(country, _)| head.starts_with(*country)).map(|(_, len)| *len)?;
    let end = grouped_end(text, start, len)?;
    (!bytes::is(at(text, end), ALNUM) && remainder(between(text, start, end)) == 1).then_some(end)
}

/// The place behind so many letters and digits, with at most one blank or dash between them.
fn grouped_end(text: &[u8], start: usize, len: usize) -> Option<usize> {
    let (mut place, mut taken) = (start, 0);
    while taken < len {
        let here = at(text, place);
        if here.is_ascii_uppercase() || here.is_ascii_digit() {
            taken += 1;
        } else if !matches!(here, b' ' | b'-') || matches!(before(text, place), b' ' | b'-') {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// The number modulo 97, its first four characters read last.
fn remainder(number: &[u8]) -> u32 {
    let letters = || number.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters().skip(4).chain(letters().take(4)).fold(0, |rest, &byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    })
}

/// The letters and digits alone, for a pseudonym that does not depend on grouping.
pub(super) fn normal(value: &str) -> String {
    from(value.as_bytes(), 0)
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(|&byte| char::from(byte))
        .collect()
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Option<&str> {
        super::next(text.as_bytes(), 0).map(|(start, end)| &text[start..end])
    }

    #[test]
    fn valid_numbers_in_any_grouping() {
        for iban in [
            "GB29NWBK60161331926819",
            "DE89 3704 0044 0532 0130 00",
            "AL47-2121-1009-0000-0002-3569-8741",
            "NO93 8601 1117 947",
        ] {
            assert_eq!(found(&format!("pay to {iban} today")), Some(iban));
        }
    }

    #[test]
    fn a_wrong_check_digit_or_length_is_none() {
        for text in [
            "GB28NWBK60161331926819",
            "DE89 3704 0044 0532 0130 0",
            "XX29NWBK60161331926819",
            "GB29NWBK60161331926819X",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
