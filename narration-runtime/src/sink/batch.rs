//! Whole lines, one behind the other, and what became of them.
//!
//! In: lines. Out: their bytes in pieces that end with a line, and the count
//! of lines in any stretch of them.

use std::io;

/// Whole lines, one behind the other.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    lines: u64,
    /// Whether the lines must have reached the disk before the batch is settled.
    pub(super) sync: bool,
}

/// A write that did not take everything.
#[derive(Debug)]
pub(super) struct Partial {
    /// Whole lines that were written.
    pub(super) written: u64,
    /// Why the others were not.
    pub(super) error: io::Error,
}

impl Batch {
    pub(super) fn push(&mut self, line: &[u8]) {
        self.bytes.extend_from_slice(line);
        self.lines += 1;
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.lines = 0;
        self.sync = false;
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The lines that end within these bytes.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Where a piece of at most `most` bytes ends that is made of whole lines. A longer line is a piece of its own.
pub(super) fn whole_lines(bytes: &[u8], most: usize) -> usize {
    let Some(head) = bytes.get(..most) else { return bytes.len() };
    match memchr::memrchr(b'\n', head) {
        Some(end) => end + 1,
        None => memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_with_a_line_and_a_long_line_is_one() {
        let bytes = b"one\ntwo\na long line\nx\n";
        let mut rest = bytes.as_slice();
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(whole_lines(rest, 9));
            pieces.push(std::str::from_utf8(piece).unwrap());
            rest = more;
        }
        assert_eq!(pieces, ["one\ntwo\n", "a long line\n", "x\n"]);
        assert_eq!(count_lines(bytes), 4);
    }
}
