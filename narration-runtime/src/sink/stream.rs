//! Standard output and standard error as a sink.
//!
//! In: whole lines. Out: the same on the stream. Behind a queue the stream is
//! used through a descriptor of its own: the standard library's would keep half
//! of what it was given when the stream fails, and say nothing of it.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};

use super::batch::Partial;
use super::output::{self, SHARED_PIECE};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    Output,
    Error,
}

/// A standard stream.
pub(super) struct Stream {
    which: Standard,
    own: Option<File>,
    /// Whether the last thing written was no whole line.
    torn: bool,
}

impl Standard {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Output => "stdout",
            Self::Error => "stderr",
        }
    }

    pub(super) fn is_terminal(self) -> bool {
        match self {
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        }
    }

    /// A descriptor of our own for the same stream.
    #[cfg(unix)]
    fn own(self) -> Option<File> {
        use std::os::fd::AsFd as _;
        let own = match self {
            Self::Output => io::stdout().as_fd().try_clone_to_owned(),
            Self::Error => io::stderr().as_fd().try_clone_to_owned(),
        };
        own.ok().map(File::from)
    }

    #[cfg(not(unix))]
    fn own(self) -> Option<File> {
        None
    }
}

impl Stream {
    /// The stream as others use it, or behind a queue.
    pub(super) fn new(which: Standard, queued: bool) -> Self {
        Self { which, own: queued.then(|| which.own()).flatten(), torn: false }
    }

    pub(super) fn name(&self) -> &'static str {
        self.which.name()
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        #[cfg(feature = "progress")]
        return crate::progress::beside(|| self.write_out(bytes));
        #[cfg(not(feature = "progress"))]
        self.write_out(bytes)
    }

    fn write_out(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        let Self { which, own, torn } = self;
        match (own, which) {
            (Some(file), _) => output::write_lines(file, bytes, SHARED_PIECE, torn),
            (None, Standard::Output) => {
                output::write_lines(&mut io::stdout().lock(), bytes, bytes.len(), torn)
            }
            (None, Standard::Error) => {
                output::write_lines(&mut io::stderr().lock(), bytes, bytes.len(), torn)
            }
        }
    }

    /// Hands on what the standard library holds back.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self.which {
            Standard::Output => io::stdout().flush(),
            Standard::Error => io::stderr().flush(),
        }
    }
}
