//! Internet addresses: text and a place go in, the next IPv4 or IPv6 address comes out.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::bytes::{
    self, ALNUM, ANY_HEX, COLON, DIGIT, DOT, UNDERSCORE, at, before, between, from,
};

/// The next address at or behind a place, with the length of its network if it has one.
pub(super) fn next(text: &[u8], place: usize) -> Option<(usize, usize)> {
    let mut start = place;
    while start < text.len() {
        start += from(text, start).iter().position(|&byte| bytes::is(byte, ANY_HEX | COLON))?;
        let run_end = bytes::run_end(text, start, ANY_HEX | COLON | DOT);
        let glued = bytes::is(before(text, start), ALNUM | UNDERSCORE | DOT);
        if !glued && let Some(end) = address_end(text, start, run_end) {
            return Some((start, with_network(text, end)));
        }
        start = run_end;
    }
    None
}

/// The end of the address that a run starts with.
fn address_end(text: &[u8], start: usize, run_end: usize) -> Option<usize> {
    if run_end - start > 64 || bytes::is(at(text, run_end), ALNUM | UNDERSCORE) {
        return None;
    }
    let trimmed = trim(text, start, run_end);
    let run = std::str::from_utf8(between(text, start, trimmed)).ok()?;
    if run.matches(':').count() >= 2 {
        let is_address =
            is_v6(run) || run.strip_suffix("::").is_none() && is_v6(run.trim_end_matches(':'));
        return is_address.then_some(trimmed);
    }
    let host = run.split(':').next().unwrap_or(run);
    (host.parse::<Ipv4Addr>().is_ok() && !names_a_version(text, start))
        .then_some(start + host.len())
}

/// A sentence's stop or colon behind an address is not part of it.
fn trim(text: &[u8], start: usize, end: usize) -> usize {
    let stops = between(text, start, end).iter().rev().take_while(|byte| **byte == b'.').count();
    let end = end - stops;
    let run = between(text, start, end);
    if run.ends_with(b":") && !run.ends_with(b"::") { end - 1 } else { end }
}

/// Two names of hexadecimal letters joined by `::` are a path in a program, and `::` alone is nothing.
fn is_v6(run: &str) -> bool {
    run.parse::<Ipv6Addr>().is_ok() && run.bytes().any(|byte| byte.is_ascii_digit())
        // The form with a mapped address behind an extra group is written, though not standard.
        || run.strip_prefix("::ffff:0000:").is_some_and(|rest| rest.parse::<Ipv4Addr>().is_ok())
}

/// Four numbers may also be a version: `v1.2.3.4`, `version 1.2.3.4`.
fn names_a_version(text: &[u8], start: usize) -> bool {
    let head = between(text, start.saturating_sub(12), start);
    let head = head.trim_ascii_end();
    let head = head.strip_suffix(b"=").or_else(|| head.strip_suffix(b":")).unwrap_or(head);
    ["version", "ver", " v", "release", "build"]
        .iter()
        .any(|word| bytes::ends_with_fold(head, word.as_bytes()))
}

fn with_network(text: &[u8], end: usize) -> usize {
    let digits = bytes::run_end(text, end + 1, DIGIT);
    let network = at(text, end) == b'/'
        && (1..=3).contains(&(digits - end - 1))
        && !bytes::is(at(text, digits), ALNUM | DOT);
    if network { digits } else { end }
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Option<&str> {
        super::next(text.as_bytes(), 0).map(|(start, end)| &text[start..end])
    }

    #[test]
    fn addresses_of_both_kinds() {
        for (text, address) in [
            ("from 10.0.0.7:8080.", "10.0.0.7"),
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("[2001:db8::1]/path", "2001:db8::1"),
            ("user@fe80::1", "fe80::1"),
            ("Mapped: ::ffff:192.168.1.1", "::ffff:192.168.1.1"),
            ("peer 2001:db8::8a2e:370.", "2001:db8::8a2e:370"),
        ] {
            assert_eq!(found(text), Some(address), "{text}");
        }
    }

    #[test]
    fn versions_times_and_paths_are_none() {
        for text in [
            "v1.2.3.4",
            "version 1.2.3.4",
            "version=1.2.3.4",
            "12:34:56",
            "1.2.3",
            "256.1.1.1",
            "std::fs",
            "a::b",
            "0000:65:00.0",
            "1.2.3.4.5",
            "::",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
