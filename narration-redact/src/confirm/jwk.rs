//! Private keys as JSON web keys: the place of a `"kty"` goes in, the private numbers come out.

use super::{Memory, placeholder};
use crate::{
    bytes::{self, WORD, at, between, from},
    scan::Found,
};

/// How far from its `"kty"` a key's numbers may stand.
const MAX_OBJECT: usize = 4096;
/// The members that hold what is private: of an RSA, an elliptic and an octet key.
const PRIVATE: [&[u8]; 7] = [b"d", b"p", b"q", b"dp", b"dq", b"qi", b"k"];
/// The fewest signs of a private number.
const LEAST: usize = 20;

/// What stands from the first private number of the object around a place to the last one.
pub(super) fn private_numbers(text: &[u8], start: usize, memory: &mut Memory) -> Option<Found> {
    if start < memory.object_end {
        return None;
    }
    let from_place = start.saturating_sub(MAX_OBJECT).max(memory.done);
    let open = from_place + memchr::memrchr(b'{', between(text, from_place, start))?;
    let near = between(text, 0, (start + MAX_OBJECT).min(text.len()));
    // A key holds no other object, so that each is looked through once.
    let end = memchr::memchr2(b'{', b'}', from(near, start)).map_or(near.len(), |len| start + len);
    memory.object_end = end;
    let mut numbers = memchr::memchr_iter(b'"', between(text, open, end))
        .filter_map(|quote| number(text, open + quote, end));
    let first = numbers.next()?;
    let last = numbers.next_back().unwrap_or(first);
    let marked = placeholder::is_marker(between(text, first.0, last.1));
    (!marked).then_some(Found { start: first.0, end: last.1, rule: "private-key" })
}

/// Where the number of the private member whose name is quoted at a place starts and ends.
fn number(text: &[u8], quote: usize, object_end: usize) -> Option<(usize, usize)> {
    let name_end = bytes::run_end(between(text, 0, (quote + 4).min(object_end)), quote + 1, WORD);
    if !PRIVATE.contains(&between(text, quote + 1, name_end)) {
        return None;
    }
    let behind = |place: usize| {
        from(text, place).iter().take(8).take_while(|byte| b"\\\" :".contains(byte)).count()
    };
    let start = name_end + behind(name_end);
    let end = bytes::run_end(between(text, 0, object_end), start, WORD);
    let joined = between(text, name_end, start).contains(&b':') && at(text, start - 1) == b'"';
    (joined && end - start >= LEAST).then_some((start, end))
}
