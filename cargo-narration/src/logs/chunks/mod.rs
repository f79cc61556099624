//! Lines that a container's runtime cut into pieces: in go the lines of a log one by one, out come
//! whole ones, each where its first piece stands.
//!
//! Runtimes cut what is longer than 16 KiB. CRI marks a piece that is not the last with `P`,
//! Docker's json-file leaves out its line feed. The pieces of the two streams of a container may
//! lie between each other, so each stream is put together by itself.

mod open;
mod piece;

use memchr::memmem::Finder;

use super::Matcher;
use super::blocks::Losses;
use super::lines::candidates;
use open::{Line, Open};
use piece::piece;
pub(super) use piece::{Runtime, runtime, time};

/// The lines of one log, as they come.
pub(super) struct Chunks {
    runtime: Runtime,
    /// What is open on the standard output and on the standard error.
    streams: [Option<Open>; 2],
    /// The mark of a piece of CRI.
    mark: Finder<'static>,
}

/// What is told while lines are put together.
pub(super) struct Told<'a> {
    pub(super) matcher: &'a Matcher,
    /// A line that may matter, and where it begins.
    pub(super) found: &'a mut dyn FnMut(u64, &[u8]),
    pub(super) losses: Losses,
}

impl<'a> Told<'a> {
    pub(super) fn new(matcher: &'a Matcher, found: &'a mut dyn FnMut(u64, &[u8])) -> Self {
        Self { matcher, found, losses: Losses::default() }
    }

    /// Tells a line, if it may matter.
    pub(super) fn line(&mut self, at: u64, line: &[u8]) {
        if self.matcher.is_in(line) {
            (self.found)(at, line);
        }
    }

    fn whole(&mut self, open: Open) {
        let at = open.at;
        match open.line() {
            Some(Line::Whole(line)) => self.line(at, &line),
            Some(Line::TooLong { matters }) => self.losses.too_long += u64::from(matters),
            None => {}
        }
    }
}

impl Chunks {
    pub(super) fn new(runtime: Runtime) -> Self {
        Self { runtime, streams: [None, None], mark: Finder::new(b" P ") }
    }

    /// Looks at whole lines; those that begin at `until` or behind only end what is open.
    pub(super) fn lines(&mut self, base: u64, bytes: &[u8], until: u64, told: &mut Told<'_>) {
        let plain = self.runtime == Runtime::Cri
            && self.streams.iter().all(Option::is_none)
            && self.mark.find(bytes).is_none();
        if plain {
            return candidates(told.matcher, bytes, |start, line| {
                if base + (start as u64) < until {
                    (told.found)(base + start as u64, line);
                }
            });
        }
        let mut at = base;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line(at, line.strip_suffix(b"\n").unwrap_or(line), at < until, told);
            at += line.len() as u64;
        }
    }

    /// Looks at the next line. One that does not `count` by itself only ends what is open.
    pub(super) fn line(&mut self, at: u64, line: &[u8], counts: bool, told: &mut Told<'_>) {
        let Some(piece) = piece(self.runtime, line) else {
            return if counts {
                told.line(at, line)
            };
        };
        let Some(slot) = self.streams.get_mut(piece.stream) else { return };
        match slot {
            None if !counts => {}
            None if piece.last => told.line(at, line),
            None => *slot = Some(Open::new(at, &piece)),
            Some(open) => {
                open.add(&piece, told.matcher);
                if piece.last {
                    slot.take().into_iter().for_each(|open| told.whole(open));
                }
            }
        }
    }

    /// Whether something that began here is still open.
    pub(super) fn is_open(&self) -> bool {
        self.streams.iter().flatten().any(Open::is_own)
    }

    /// Which streams are open.
    pub(super) fn open(&self) -> [bool; 2] {
        self.streams.each_ref().map(Option::is_some)
    }

    /// Says that what these streams began belongs to whoever looks at what stands before.
    pub(super) fn begun_before(&mut self, streams: [bool; 2]) {
        for (slot, open) in self.streams.iter_mut().zip(streams) {
            *slot = open.then(Open::foreign);
        }
    }

    /// What is still open when nothing comes any more is told as it is: cut off.
    pub(super) fn end(&mut self, told: &mut Told<'_>) {
        for open in self.streams.iter_mut().filter_map(Option::take).filter(Open::is_own) {
            told.losses.cut += 1;
            told.whole(open);
        }
    }
}

#[cfg(test)]
mod tests;
