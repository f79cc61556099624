//! Reads a packed file: in goes a file, out come its unpacked lines that may matter.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use memchr::{memchr, memrchr};

use super::blocks::{BLOCK, read_full};
use super::lines::candidates;
use super::{Input, LONGEST_LINE, Matcher};

/// What became of a stream.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) too_long: u64,
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
            Err(error) => Outcome { too_long: 0, error: Some(error) },
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
    let mut skipping = false;
    loop {
        if filled == buffer.len() {
            if filled >= LONGEST_LINE {
                state.too_long += u64::from(matcher.find(&buffer, 0).is_some());
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
        candidates(matcher, &buffer[start..complete], |place, line| {
            found(base + (start + place) as u64, line);
        });
        buffer.copy_within(complete..filled, 0);
        (base, filled) = (base + complete as u64, filled - complete);
        if length == 0 {
            return state;
        }
    }
}
