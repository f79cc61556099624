//! Where lines go.
//!
//! In: a path, or nothing. Out: something that takes a whole line at a time:
//! each is one write to a file opened for appending, so that lines of several
//! threads and processes do not mix.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;

use tracing_subscriber::fmt::MakeWriter;

/// Where lines go.
#[derive(Clone)]
pub(super) enum Destination {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// A file, appended to.
    File(Arc<File>),
}

impl Destination {
    /// Opens a file for appending, and makes the folder it is to be in.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .map(|file| Self::File(Arc::new(file)))
    }

    /// Whether a person looks at it.
    pub(super) fn is_terminal(&self) -> bool {
        match self {
            Self::Stdout => io::stdout().is_terminal(),
            Self::Stderr => io::stderr().is_terminal(),
            Self::File(_) => false,
        }
    }

    /// Hands on what a stream still holds back.
    pub(super) fn flush(&self) -> io::Result<()> {
        match self {
            Self::Stdout => io::stdout().flush(),
            Self::Stderr => io::stderr().flush(),
            Self::File(file) => file.as_ref().flush(),
        }
    }
}

/// One line's way out.
pub(super) enum Line<'d> {
    Stdout(io::StdoutLock<'static>),
    Stderr(io::StderrLock<'static>),
    File(&'d File),
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stream) => stream.write(bytes),
            Self::Stderr(stream) => stream.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stream) => stream.flush(),
            Self::Stderr(stream) => stream.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

impl<'d> MakeWriter<'d> for Destination {
    type Writer = Line<'d>;

    fn make_writer(&'d self) -> Line<'d> {
        match self {
            Self::Stdout => Line::Stdout(io::stdout().lock()),
            Self::Stderr => Line::Stderr(io::stderr().lock()),
            Self::File(file) => Line::File(file),
        }
    }
}
