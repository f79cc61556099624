//! Logs that are still written: in go sources, out come the lines that are added to them.
//!
//! A log that is renamed away is read on, for who writes it may learn of that late, until the new
//! one of its name is renamed as well; a log that was truncated is read from its start again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use memchr::memrchr;

use super::blocks::{BLOCK, read_full};
use super::chunks::{Chunks, Told};
use super::container::resumed;
use super::{Input, Matcher, Place, Sources};

/// More bytes than a log has.
const FURTHEST: u64 = 1 << 48;

/// So many bytes of a log tell it from another: its first line has a time.
const BEGIN: usize = 256;

/// Logs that are still written.
pub struct Followed {
    files: Vec<Growing>,
}

struct Growing {
    source: u32,
    path: PathBuf,
    now: Reading,
    /// The log that had the name before.
    before: Option<Reading>,
    /// What is put together, where a container's runtime writes it.
    chunks: Option<Chunks>,
}

struct Reading {
    file: File,
    /// How far it was read.
    at: u64,
    /// Added to its places, which no other log of this name may share.
    base: u64,
    /// How it begins, as far as it was read.
    begin: Vec<u8>,
}

impl Followed {
    /// Follows every log that is no pipe and not packed, from where it ended when it was found.
    #[must_use]
    pub fn new(sources: &Sources) -> Self {
        let files = sources.found.iter().enumerate().filter_map(|(index, source)| {
            let followed = source.input == Input::Plain && source.spooled.is_none();
            let file = followed.then(|| File::open(&source.path).ok()).flatten()?;
            let source_index = u32::try_from(index).unwrap_or(u32::MAX);
            let at = source.length;
            let runtime = source.container.as_ref().map(|container| container.runtime);
            let chunks = runtime.and_then(|runtime| resumed(&file, at, runtime).ok());
            let (mut now, path) = (Reading::of(file, at, 0), source.path.clone());
            now.goes_on();
            Some(Growing { source: source_index, path, now, before: None, chunks })
        });
        Self { files: files.collect() }
    }

    /// Whether there is nothing to follow.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The folders the logs lie in.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter_map(|file| file.path.parent())
    }

    /// Calls for every whole line that was added since the last time.
    ///
    /// # Errors
    ///
    /// What the system says when a log that could be read cannot be read any more.
    pub fn read(&mut self, mut found: impl FnMut(Place, &[u8])) -> io::Result<()> {
        let mut block = vec![0; BLOCK];
        for log in &mut self.files {
            log.renew();
            log.read(&mut block, &mut found)?;
        }
        Ok(())
    }
}

impl Growing {
    fn read(
        &mut self,
        block: &mut Vec<u8>,
        found: &mut impl FnMut(Place, &[u8]),
    ) -> io::Result<()> {
        let (source, chunks) = (self.source, &mut self.chunks);
        let mut whole = |offset: u64, line: &[u8]| found(Place { source, offset, item: 0 }, line);
        let every = Matcher::every();
        for reading in self.before.iter_mut().chain([&mut self.now]) {
            reading.lines(block, &mut |offset, line| match chunks {
                Some(chunks) => chunks.line(offset, line, true, &mut Told::new(&every, &mut whole)),
                None => whole(offset, line),
            })?;
        }
        Ok(())
    }

    /// Looks whether another file has the name by now, or this one begins anew.
    fn renew(&mut self) {
        let Ok(file) = File::open(&self.path) else { return };
        let (Ok(new), Ok(old)) = (file.metadata(), self.now.file.metadata()) else { return };
        let other = !same(&new, &old);
        if other || !self.now.goes_on() {
            let base = self.now.base.saturating_add(FURTHEST);
            let old = std::mem::replace(&mut self.now, Reading::of(file, 0, base));
            self.before = if other { Some(old) } else { self.before.take() };
        }
    }
}

impl Reading {
    fn of(file: File, at: u64, base: u64) -> Self {
        Self { file, at, base, begin: Vec::new() }
    }

    /// Whether it still begins as it did: one that was cut off may be as long again by now.
    fn goes_on(&mut self) -> bool {
        let read = usize::try_from(self.at).map_or(BEGIN, |read| read.min(BEGIN));
        let mut begin = vec![0; read];
        let length = read_full(&self.file, &mut begin, 0).unwrap_or(0);
        let same = length == read && begin.starts_with(&self.begin);
        self.begin = begin;
        same && self.file.metadata().is_ok_and(|file| file.len() >= self.at)
    }

    /// Calls for every whole line that was not read yet.
    fn lines(&mut self, block: &mut Vec<u8>, each: &mut dyn FnMut(u64, &[u8])) -> io::Result<()> {
        loop {
            let length = read_full(&self.file, block, self.at)?;
            // A line is read when it is whole.
            let Some(end) = memrchr(b'\n', &block[..length]) else {
                if length == block.len() && length < super::LONGEST_LINE {
                    block.resize(length * 2, 0);
                    continue;
                }
                return Ok(());
            };
            for line in block[..=end].split_inclusive(|byte| *byte == b'\n') {
                each(self.base.saturating_add(self.at), line.strip_suffix(b"\n").unwrap_or(line));
                self.at += line.len() as u64;
            }
        }
    }
}

#[cfg(unix)]
fn same(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn same(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    one.created().ok() == other.created().ok()
}
