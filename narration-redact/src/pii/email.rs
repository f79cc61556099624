//! E-mail addresses: text and a place go in, the next address comes out.

use memchr::memchr;

use crate::bytes::{self, ALNUM, DASH, DOT, at, before, between, from};

/// The longest part before the `@`.
const MAX_LOCAL: usize = 64;

/// The next address at or behind a place.
pub(super) fn next(text: &[u8], place: usize) -> Option<(usize, usize)> {
    let mut looked = place;
    loop {
        let sign = looked + memchr(b'@', from(text, looked))?;
        if let Some(found) = around(text, sign).filter(|(start, _)| *start >= place) {
            return Some(found);
        }
        looked = sign + 1;
    }
}

/// The fewest letters of a name that is looked for beside its address.
const MIN_NAME: usize = 8;

/// The other places of a text that spell a name which an address is made of: in
/// `JanePetersen@example.com` it is `Petersen`. Long names in capitals only; short ones and words in
/// small letters are words that may mean anything.
pub(super) fn names(text: &str, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let address = text.get(start..end).unwrap_or_default();
    let local = address.split('@').next().unwrap_or_default();
    let mut found = Vec::new();
    for (place, _) in local.char_indices().filter(|(_, sign)| sign.is_uppercase()) {
        let rest = local.get(place..).unwrap_or_default();
        let small = rest.chars().skip(1).take_while(|sign| sign.is_lowercase());
        let len = small
            .fold(rest.chars().next().map_or(0, char::len_utf8), |len, sign| len + sign.len_utf8());
        let name = rest.get(..len).filter(|name| name.chars().count() >= MIN_NAME);
        let Some(name) = name else { continue };
        let whole = |place: usize| {
            let outside = |sign: Option<char>| !sign.is_some_and(char::is_alphanumeric);
            outside(text.get(..place).and_then(|head| head.chars().next_back()))
                && outside(text.get(place + len..).and_then(|tail| tail.chars().next()))
        };
        let places = text.match_indices(name).map(|(place, _)| place);
        found.extend(places.filter(|&place| whole(place)).map(|place| (place, place + len)));
    }
    found
}

fn around(text: &[u8], sign: usize) -> Option<(usize, usize)> {
    let local = between(text, sign.saturating_sub(MAX_LOCAL), sign);
    let len = local.iter().rev().take_while(|&&byte| in_local(byte)).count();
    let start = sign - len
        + local.get(local.len() - len..)?.iter().take_while(|byte| **byte == b'.').count();
    let domain_end = bytes::run_end(text, sign + 1, ALNUM | DASH | DOT);
    let end = trim_dots(text, sign, domain_end);
    let is_address =
        start < sign && before(text, sign) != b'.' && is_domain(between(text, sign + 1, end));
    // `git@host:path` names a repository.
    let repository = between(text, start, sign) == b"git";
    (is_address && !repository).then_some((start, end))
}

fn in_local(byte: u8) -> bool {
    bytes::is(byte, ALNUM | DASH | DOT)
        || matches!(byte, b'_' | b'+' | b'%' | b'\'')
        || byte >= 0x80
}

fn trim_dots(text: &[u8], start: usize, end: usize) -> usize {
    end - between(text, start, end)
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'.' | b'-'))
        .count()
}

/// Labels joined with dots, the last of them a name and no number.
fn is_domain(domain: &[u8]) -> bool {
    let mut labels = domain.rsplit(|&byte| byte == b'.');
    let top = labels.next().unwrap_or_default();
    let named =
        top.len() >= 2 && (top.iter().all(u8::is_ascii_alphabetic) || top.starts_with(b"xn--"));
    let mut more = 0;
    let whole = labels.all(|label| {
        more += 1;
        !label.is_empty() && at(label, 0) != b'-'
    });
    named && whole && more > 0
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Option<&str> {
        super::next(text.as_bytes(), 0).map(|(start, end)| &text[start..end])
    }

    #[test]
    fn addresses_are_found_whole() {
        assert_eq!(
            found("mail joe.doe+x@mail.example.co.uk."),
            Some("joe.doe+x@mail.example.co.uk")
        );
        assert_eq!(found("a@xn--d1acufc.xn--p1ai"), Some("a@xn--d1acufc.xn--p1ai"));
        assert_eq!(found("@first then (joe@example.com)"), Some("joe@example.com"));
    }

    #[test]
    fn other_uses_of_the_sign_are_none() {
        for text in [
            "root@gpu-node-3:/srv#",
            "lodash@4.17.21",
            "@types/node@20.1.0",
            "hf:repo@972602ea",
            "git@github.com:org/x",
            "@",
            "a@b",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
