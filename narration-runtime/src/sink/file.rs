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

use super::batch::Partial;
use super::output::{self, SHARED_PIECE};

mod end;
mod lock;

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
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let name = path.display().to_string();
        let mut file = Self { path: path.to_owned(), name, open: None, torn: false, mended: 0 };
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
        self.open = Some(open);
        Ok(())
    }

    /// Writes whole lines to the file that bears the name.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        self.follow_the_name().map_err(|error| Partial { written: 0, error })?;
        let Some(open) = &mut self.open else {
            return Err(Partial { written: 0, error: io::ErrorKind::NotFound.into() });
        };
        let piece = if open.regular { PIECE } else { SHARED_PIECE };
        let written = output::write_lines(&mut open.file, bytes, piece, &mut self.torn);
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

    /// Opens the file anew where another one, or none, bears its name.
    fn follow_the_name(&mut self) -> io::Result<()> {
        let found = fs::metadata(&self.path).map(|metadata| Identity::of(&metadata));
        match (&self.open, found) {
            (Some(open), Ok(identity)) if open.identity == identity => Ok(()),
            _ => self.reopen(),
        }
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
}

fn open(path: &Path, read: bool) -> io::Result<File> {
    OpenOptions::new().read(read).append(true).create(true).open(path)
}
