//! Reads a packed file: in goes a file, out come its unpacked lines that may matter.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use memchr::{memchr, memrchr};

use super::blocks::{BLOCK, Losses, read_full};
use super::chunks::{Chunks, Told, runtime};
use super::container::BEGIN;
use super::lines::candidates;
use super::{Input, LONGEST_LINE, Matcher};

/// What became of a stream.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) losses: Losses,
    /// Why it ended before its end.
    pub(super) error: Option<io::Error>,
}

/// Calls for every line that may matter.
pub(super) fn scan(
    file: &File,
    input: Input,
    matcher: &Matcher,
    found: &mut dyn FnMut(u64, &[u8]),
) -> Outcome {
    let bytes = At { file, at: 0 };
    match input {
        Input::Plain => read(bytes, matcher, found),
        Input::Gzip => read(MultiGzDecoder::new(bytes), matcher, found),
        Input::Zstd => match zstd::stream::read::Decoder::new(bytes) {
            Ok(unpacked) => read(unpacked, matcher, found),
            Err(error) => Outcome { error: Some(error), ..Outcome::default() },
        },
    }
}

/// Reads on from a place, so that several readers may share a file.
struct At<'a> {
    file: &'a File,
    at: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = read_full(self.file, buffer, self.at)?;
        self.at += length as u64;
        Ok(length)
    }
}

fn read(mut bytes: impl Read, matcher: &Matcher, found: &mut dyn FnMut(u64, &[u8])) -> Outcome {
    let mut state = Outcome::default();
    let (mut buffer, mut filled, mut base) = (vec![0; BLOCK], 0, 0_u64);
    let (mut skipping, mut lines) = (false, Lines::default());
    loop {
        if filled == buffer.len() {
            if filled >= LONGEST_LINE {
                state.losses.too_long += u64::from(matcher.find(&buffer, 0).is_some());
                (base, filled, skipping) = (base + filled as u64, 0, true);
            } else {
                buffer.resize(filled.saturating_mul(2).min(LONGEST_LINE), 0);
            }
        }
        let length = match bytes.read(&mut buffer[filled..]) {
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                state.error = Some(error);
                0
            }
        };
        let before = filled;
        filled += length;
        let complete = match memrchr(b'\n', &buffer[before..filled]) {
            Some(place) => before + place + 1,
            None if length == 0 => filled,
            None => continue,
        };
        let mut start = 0;
        if std::mem::take(&mut skipping) {
            start = memchr(b'\n', &buffer[..complete]).map_or(complete, |place| place + 1);
        }
        lines.read(base + start as u64, &buffer[start..complete], matcher, found);
        buffer.copy_within(complete..filled, 0);
        (base, filled) = (base + complete as u64, filled - complete);
        if length == 0 {
            return lines.end(state, matcher, found);
        }
    }
}

/// The lines of a stream, put together where a container's runtime cut them.
#[derive(Default)]
struct Lines {
    /// Whether who wrote them is known.
    known: bool,
    chunks: Option<Chunks>,
    losses: Losses,
}

impl Lines {
    fn read(
        &mut self,
        base: u64,
        bytes: &[u8],
        matcher: &Matcher,
        found: &mut dyn FnMut(u64, &[u8]),
    ) {
        if !std::mem::replace(&mut self.known, true) {
            self.chunks = runtime(&bytes[..bytes.len().min(BEGIN)]).map(Chunks::new);
        }
        let Some(chunks) = &mut self.chunks else {
            return candidates(matcher, bytes, |at, line| found(base + at as u64, line));
        };
        let mut told = Told { losses: self.losses, ..Told::new(matcher, found) };
        chunks.lines(base, bytes, u64::MAX, &mut told);
        self.losses = told.losses;
    }

    fn end(
        mut self,
        mut outcome: Outcome,
        matcher: &Matcher,
        found: &mut dyn FnMut(u64, &[u8]),
    ) -> Outcome {
        let mut told = Told { losses: self.losses, ..Told::new(matcher, found) };
        self.chunks.iter_mut().for_each(|chunks| chunks.end(&mut told));
        outcome.losses.too_long += told.losses.too_long;
        outcome.losses.cut += told.losses.cut;
        outcome
    }
}
