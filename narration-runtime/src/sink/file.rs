//! A file that lines are appended to, alone or together with other processes.
//!
//! In: whole lines. Out: the same at the end of the file that bears the name
//! now. A file that was renamed or removed is made again; one that was cut
//! short is appended to from there.
//!
//! A write to a file opened for appending is never mixed with another
//! process's. Only a full disk and a killed process can leave the beginning of
//! a line behind: see [`end`].

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use super::batch::{Partial, count_lines, whole_lines};
use super::output::{self, SHARED_PIECE};

mod compress;
mod end;
mod lock;
mod retired;
mod rotation;

pub use rotation::Rotation;

/// The bytes of one write to a file.
const PIECE: usize = 64 * 1024;

/// A file that lines are appended to.
pub(super) struct LogFile {
    path: PathBuf,
    name: String,
    open: Option<Open>,
    /// Whether the next write has to end a line first.
    torn: bool,
    /// Torn lines of earlier processes that were taken away, and not told yet.
    mended: u64,
    rotation: Rotation,
    /// The period of the lines in the file, see [`Rotation::period`].
    period: u64,
    /// Compresses and removes what was put away.
    tidying: Option<JoinHandle<()>>,
    /// What time it is.
    now: fn() -> SystemTime,
}

/// The file as it is open.
struct Open {
    file: File,
    identity: Identity,
    /// Whether it is no pipe and no device.
    regular: bool,
}

/// What tells one file of a system from another; nothing where a system does not say.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Identity(Option<(u64, u64)>);

impl Identity {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self(Some((metadata.dev(), metadata.ino())))
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Self {
        Self(None)
    }
}

impl LogFile {
    /// Opens a file, and makes it and the folder it is to be in.
    pub(super) fn open(path: &Path, rotation: Rotation) -> io::Result<Self> {
        Self::open_by(path, rotation, SystemTime::now)
    }

    /// The same by a clock of the caller's.
    fn open_by(path: &Path, rotation: Rotation, now: fn() -> SystemTime) -> io::Result<Self> {
        let mut file = Self {
            path: path.to_owned(),
            name: path.display().to_string(),
            open: None,
            torn: false,
            mended: 0,
            rotation,
            period: 0,
            tidying: None,
            now,
        };
        file.reopen()?;
        Ok(file)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many torn lines of earlier processes were taken away since this was asked last.
    pub(super) fn take_mended(&mut self) -> u64 {
        std::mem::take(&mut self.mended)
    }

    /// Opens what bears the name now, and sees to its end.
    pub(super) fn reopen(&mut self) -> io::Result<()> {
        self.open = None;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let open = Open::new(&self.path)?;
        let end = if open.regular { end::inspect(&open.file)? } else { end::End::Whole };
        self.torn = end == end::End::Torn;
        self.mended += u64::from(end == end::End::Mended);
        self.period = self.rotation.period(open.last_written()?.unwrap_or_else(self.now));
        self.open = Some(open);
        Ok(())
    }

    /// Writes whole lines to the file that bears the name.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let done = bytes.len() - rest.len();
            let before = || count_lines(bytes.get(..done).unwrap_or_default());
            let length =
                self.follow_the_name().map_err(|error| Partial { written: before(), error })?;
            let length = self.rotate_if_due(length, whole_lines(rest, 1));
            let (part, more) = rest.split_at(whole_lines(rest, self.rotation.room(length)));
            self.append(part).map_err(|partial| Partial {
                written: before() + partial.written,
                error: partial.error,
            })?;
            rest = more;
        }
        Ok(())
    }

    fn append(&mut self, lines: &[u8]) -> Result<(), Partial> {
        let Some(open) = &mut self.open else {
            return Err(Partial { written: 0, error: io::ErrorKind::NotFound.into() });
        };
        let piece = if open.regular { PIECE } else { SHARED_PIECE };
        let written = output::write_lines(&mut open.file, lines, piece, &mut self.torn);
        if self.torn && open.regular {
            self.torn = !end::take_back(&open.file).unwrap_or(false);
        }
        written
    }

    /// Makes sure that what was written survives the machine.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        match &self.open {
            Some(open) if open.regular => open.file.sync_data(),
            _ => Ok(()),
        }
    }

    /// Waits until what was put away is as it is to stay.
    pub(super) fn finish(&mut self) {
        let _ = self.tidying.take().map(JoinHandle::join);
    }

    /// Opens the file anew where another one, or none, bears its name; gives its length.
    fn follow_the_name(&mut self) -> io::Result<u64> {
        if let (Some(open), Ok(found)) = (&self.open, fs::metadata(&self.path))
            && open.identity == Identity::of(&found)
        {
            return Ok(found.len());
        }
        self.reopen()?;
        // Of the file itself: its name may have been given to another by now, or to none.
        self.open.as_ref().map_or(Ok(0), |open| open.file.metadata().map(|found| found.len()))
    }

    /// Puts the file away where it is old, or has no room for a line of this length;
    /// gives the length of what is written to then. Where that fails the file is written on.
    fn rotate_if_due(&mut self, length: u64, line: usize) -> u64 {
        if length == 0 || !self.open.as_ref().is_some_and(|open| open.regular) {
            return length;
        }
        let time = (self.now)();
        let now = self.rotation.period(time);
        // A clock that was set back begins anew rather than never.
        let over = now > std::mem::replace(&mut self.period, now);
        if (over || self.rotation.room(length) < line)
            && fs::rename(&self.path, retired::name(&self.path, time)).is_ok()
        {
            // Where no new file can be made, the next lines try again, and are counted if in vain.
            let _ = self.reopen();
            self.tidy();
            return 0;
        }
        length
    }

    /// Sees to what was put away, beside the writing. One at a time: who comes
    /// later sees to what is left.
    fn tidy(&mut self) {
        if self.tidying.as_ref().is_some_and(|tidying| !tidying.is_finished()) {
            return;
        }
        let (path, rotation) = (self.path.clone(), self.rotation.clone());
        let thread = thread::Builder::new().name("narration-rotation".to_owned());
        // What cannot be compressed or removed now stays until next time.
        self.tidying = thread.spawn(move || drop(retired::tidy(&path, &rotation))).ok();
    }
}

impl Open {
    fn new(path: &Path) -> io::Result<Self> {
        // A pipe opened for reading, too, would never tell that its readers have left.
        let special = fs::metadata(path).is_ok_and(|found| !found.is_file());
        let file = open(path, !special).or_else(|_| open(path, false))?;
        let metadata = file.metadata()?;
        Ok(Self { file, identity: Identity::of(&metadata), regular: metadata.is_file() })
    }

    /// When the last line was written; nothing where there is none.
    fn last_written(&self) -> io::Result<Option<SystemTime>> {
        let metadata = self.file.metadata()?;
        if metadata.len() == 0 { Ok(None) } else { metadata.modified().map(Some) }
    }
}

fn open(path: &Path, read: bool) -> io::Result<File> {
    OpenOptions::new().read(read).append(true).create(true).open(path)
}

#[cfg(test)]
mod tests;
