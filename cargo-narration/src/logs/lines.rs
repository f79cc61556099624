//! Lines that may matter: in go bytes that end where a line ends, out comes each candidate with
//! its place.

use memchr::{memchr, memrchr};

use super::Matcher;

/// Calls for every line that the matcher lets through, with where it begins.
#[inline]
pub(super) fn candidates(matcher: &Matcher, bytes: &[u8], mut found: impl FnMut(usize, &[u8])) {
    let mut from = 0;
    while let Some(hit) = matcher.find(bytes, from) {
        let start = memrchr(b'\n', &bytes[..hit]).map_or(0, |at| at + 1);
        let end = memchr(b'\n', &bytes[hit..]).map_or(bytes.len(), |at| hit + at);
        if end > start {
            found(start, &bytes[start..end]);
        }
        from = end + 1;
    }
}
