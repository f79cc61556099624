//! Reads a part of a plain file: in go a file and a range, out come the lines that begin in that
//! range and may matter.
//!
//! Blocks are read at their place into one buffer that is used again and again: as fast as
//! mapping the file, with a fixed amount of memory, and safe when somebody truncates it meanwhile.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::Range;

use memchr::{memchr, memrchr};

use super::container::{self, Container};
use super::lines::candidates;
use super::{LONGEST_LINE, Matcher};

/// How much is read at once.
pub(super) const BLOCK: usize = 1 << 20;

/// How far a block goes beyond the range, for the line that crosses its end.
const BEYOND: u64 = 8 << 10;

/// One range of one file.
pub(super) struct Part<'a> {
    pub(super) file: &'a File,
    pub(super) range: Range<u64>,
    pub(super) matcher: &'a Matcher,
    /// What is known where a container wrote it.
    pub(super) container: Option<&'a Container>,
}

/// What was read at a place.
pub(super) enum Read<'a> {
    /// Whole lines, of which the last may begin behind the range.
    Lines(&'a [u8]),
    /// One line that is longer than a block and may matter.
    Long(&'a [u8]),
    /// One that may matter and is too long to look into.
    TooLong,
}

/// What is not told of a part.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Lines that were too long to look into.
    pub(super) too_long: u64,
    /// Lines that a runtime cut, of which the last piece is not there.
    pub(super) cut: u64,
}

impl Part<'_> {
    /// Calls for every line that may matter; says what is not told.
    pub(super) fn scan(
        &self,
        block: &mut Vec<u8>,
        found: &mut dyn FnMut(u64, &[u8]),
    ) -> io::Result<Losses> {
        if let Some(container) = self.container {
            return container::scan(self, container, block, found);
        }
        let mut losses = Losses::default();
        self.walk(block, &mut |at, read| match read {
            Read::Lines(lines) => candidates(self.matcher, lines, |start, line| {
                let place = at + start as u64;
                if place < self.range.end {
                    found(place, line);
                }
            }),
            Read::Long(line) => found(at, line),
            Read::TooLong => losses.too_long += 1,
        })?;
        Ok(losses)
    }

    /// Calls for what begins in the range, block by block; says how far it read.
    pub(super) fn walk(
        &self,
        block: &mut Vec<u8>,
        each: &mut dyn FnMut(u64, Read<'_>),
    ) -> io::Result<u64> {
        block.resize(BLOCK, 0);
        let Some(mut at) = self.first_line(block)? else { return Ok(self.range.end) };
        let mut whole_block = false;
        while at < self.range.end {
            let wanted = if whole_block { BLOCK } else { self.wanted(at) };
            let length = read_full(self.file, &mut block[..wanted], at)?;
            let ended = length < wanted;
            let last = memrchr(b'\n', &block[..length]).map_or(0, |place| place + 1);
            let complete = if ended { length } else { last };
            if complete > 0 {
                each(at, Read::Lines(&block[..complete]));
                at += complete as u64;
                whole_block = false;
            } else if length == 0 {
                break;
            } else if wanted < BLOCK {
                whole_block = true;
            } else {
                at = self.long_line(block, at, each)?;
                whole_block = false;
            }
        }
        Ok(at)
    }

    fn wanted(&self, at: u64) -> usize {
        let left = (self.range.end - at).saturating_add(BEYOND);
        usize::try_from(left).unwrap_or(BLOCK).min(BLOCK)
    }

    /// Where the first line begins that begins in the range.
    fn first_line(&self, block: &mut [u8]) -> io::Result<Option<u64>> {
        let Some(mut at) = self.range.start.checked_sub(1) else { return Ok(Some(0)) };
        // The end of a line is near; a whole block would be read twice.
        let mut wanted = BEYOND as usize;
        while at < self.range.end {
            let length = read_full(self.file, &mut block[..wanted], at)?;
            if let Some(place) = memchr(b'\n', &block[..length]) {
                return Ok(Some(at + place as u64 + 1));
            }
            if length < wanted {
                break;
            }
            at += length as u64;
            wanted = BLOCK;
        }
        Ok(None)
    }

    /// Looks through a line that is longer than a block without holding it, reads it whole only
    /// when it may matter, and says where the next one begins.
    fn long_line(
        &self,
        block: &mut [u8],
        start: u64,
        each: &mut dyn FnMut(u64, Read<'_>),
    ) -> io::Result<u64> {
        let (mut at, mut matters) = (start, false);
        let end = loop {
            let length = read_full(self.file, block, at)?;
            let newline = memchr(b'\n', &block[..length]);
            let of_the_line = &block[..newline.unwrap_or(length)];
            matters = matters || self.matcher.find(of_the_line, 0).is_some();
            let end = at + of_the_line.len() as u64;
            if newline.is_some() || length < block.len() {
                break end;
            }
            at = end - self.matcher.overlap() as u64;
        };
        match usize::try_from(end - start) {
            Ok(length) if matters && length <= LONGEST_LINE => {
                let mut line = vec![0; length];
                let length = read_full(self.file, &mut line, start)?;
                each(start, Read::Long(&line[..length]));
            }
            _ if matters => each(start, Read::TooLong),
            _ => {}
        }
        Ok(end + 1)
    }
}

/// Fills a buffer from a place in a file; gives how much there was.
pub(super) fn read_full(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read_at(file, &mut buffer[filled..], at + filled as u64) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}
