//! Logs that are still written: in go sources, out come the lines that are added to them.
//!
//! A log that is renamed away is read to its end before the new one of its name; a log that was
//! truncated is read from its start again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use memchr::memrchr;

use super::blocks::{BLOCK, read_full};
use super::chunks::{Chunks, Told};
use super::container::resumed;
use super::{Input, Matcher, Place, Sources};

/// Logs that are still written.
pub struct Followed {
    files: Vec<Growing>,
}

struct Growing {
    source: u32,
    path: PathBuf,
    file: File,
    at: u64,
    /// What is put together, where a container's runtime writes it.
    chunks: Option<Chunks>,
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
            Some(Growing { source: source_index, path: source.path.clone(), file, at, chunks })
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
        for file in &mut self.files {
            file.read(&mut block, &mut found)?;
            if file.reopen() {
                file.read(&mut block, &mut found)?;
            }
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
        let every = Matcher::every();
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
            let mut offset = self.at;
            for line in block[..=end].split_inclusive(|byte| *byte == b'\n') {
                let mut whole = |offset: u64, line: &[u8]| {
                    found(Place { source: self.source, offset, item: 0 }, line);
                };
                let text = line.strip_suffix(b"\n").unwrap_or(line);
                match &mut self.chunks {
                    Some(chunks) => {
                        chunks.line(offset, text, true, &mut Told::new(&every, &mut whole));
                    }
                    None => whole(offset, text),
                }
                offset += line.len() as u64;
            }
            self.at = offset;
        }
    }

    /// Whether another file has the name by now, or this one begins anew.
    fn reopen(&mut self) -> bool {
        let Ok(file) = File::open(&self.path) else { return false };
        let (Ok(new), Ok(old)) = (file.metadata(), self.file.metadata()) else { return false };
        let other = !same(&new, &old);
        if other || new.len() < self.at {
            (self.file, self.at) = (file, 0);
            return true;
        }
        false
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
