//! Where names stand: a piece of a name goes in, the whole of it comes out.

use super::Memory;
use crate::bytes::{self, ALNUM, NAME, WORD, at, before, between};

/// How far back a name is looked for from the piece of it that was found.
pub(crate) const MAX_LOOK_BACK: usize = 96;

/// Where a name stands, and where the run of bytes ends that it is in.
#[derive(Clone, Copy)]
pub(super) struct Site {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) run_end: usize,
}

impl Site {
    /// The name around a place, unless it was judged before.
    #[inline]
    pub(super) fn around(text: &[u8], start: usize, memory: &mut Memory) -> Option<Self> {
        if start < memory.name_end {
            return None;
        }
        let (end, run_end) = ends(text, start);
        let run_start = bytes::run_start(text, start, MAX_LOOK_BACK, NAME).max(memory.done);
        memory.name_end = run_end;
        Some(Self { start: skip_escapes(text, run_start, start), end, run_end })
    }
}

/// Where a name ends and where the run of its bytes does: before the dots that lead to a value, as in
/// `password.....value`, or at the same place.
fn ends(text: &[u8], start: usize) -> (usize, usize) {
    let dot = bytes::run_end(text, start, WORD);
    if at(text, dot) != b'.' {
        return (dot, dot);
    }
    let run_end = bytes::run_end(text, dot, NAME);
    let leaders = memchr::memmem::find(between(text, dot, run_end), b"...");
    (leaders.map_or(run_end, |len| dot + len), run_end)
}

/// Whether a name stands at the start of an element's tag, also behind a prefix: `<name`, `<s:name`.
pub(super) fn opens_tag(text: &[u8], start: usize) -> bool {
    match before(text, start) {
        b'<' => true,
        b';' => between(text, 0, start).ends_with(b"&lt;"),
        b':' => before(text, bytes::run_start(text, start - 1, 32, ALNUM)) == b'<',
        _ => false,
    }
}

/// The letters of an escape before a name are no part of it: `%3Ftoken`, `\ntoken`, `\u0026token`.
fn skip_escapes(text: &[u8], run_start: usize, upto: usize) -> usize {
    if before(text, run_start) == b'\\' && at(text, run_start) == b'u' && run_start + 5 <= upto {
        return run_start + 5;
    }
    // What opens an escape is no part of a name, so it can only stand right before one.
    if !matches!(before(text, run_start), b'%' | b'\\' | b'[' | b';') {
        return run_start;
    }
    let limit = upto.min(run_start + 12);
    (run_start + 1..=limit)
        .rev()
        .find(|&place| bytes::escape_ends(text, place))
        .unwrap_or(run_start)
}
