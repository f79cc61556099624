//! What can go wrong on the way to a model.
//!
//! In: nothing. Out: one type for each step, and [`ModelError`] over them.

use std::fmt;
use std::io;
use std::path::PathBuf;

use narration_quickstart::digest::{Digest, NoDigest};
use narration_quickstart::reference::NoModelRef;

use crate::peer::PeerError;

/// Why a model could not be provided.
#[derive(Debug)]
pub(crate) enum ModelError {
    /// The reference cannot be read.
    Reference(NoModelRef),
    /// The digest cannot be read.
    Digest(NoDigest),
    /// There is no such file, or it cannot be read.
    Missing { path: PathBuf, source: io::Error },
    /// The download failed.
    Download(DownloadError),
    /// The file is not what it should be.
    Verify(VerifyError),
}

/// Why a download failed.
#[derive(Debug)]
pub(crate) enum DownloadError {
    /// The hub refused, is away, or broke off.
    Hub(PeerError),
    /// It came to another length than the hub had said.
    Short { done: u64, total: u64 },
    /// The file cannot be written.
    Unwritable(io::Error),
}

/// Why a file is not verified. The texts follow the word "digest".
#[derive(Debug)]
pub(crate) enum VerifyError {
    /// The file has another digest.
    Mismatch { expected: Digest, actual: Digest },
    /// The file cannot be read to its end.
    Unreadable(io::Error),
}

impl ModelError {
    /// What went wrong, in one stable word.
    pub(crate) fn kind(&self) -> &str {
        match self {
            Self::Reference(_) => "bad-reference",
            Self::Digest(_) => "bad-digest",
            Self::Missing { .. } => "missing",
            Self::Download(error) => error.kind(),
            Self::Verify(error) => error.kind(),
        }
    }
}

impl DownloadError {
    pub(crate) fn kind(&self) -> &str {
        match self {
            Self::Hub(error) => error.kind(),
            Self::Short { .. } => "short",
            Self::Unwritable(_) => "unwritable",
        }
    }
}

impl VerifyError {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Mismatch { .. } => "digest-mismatch",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(error) => error.fmt(f),
            Self::Digest(error) => error.fmt(f),
            Self::Missing { path, source } => {
                write!(f, "no model can be read at {}: {source}", path.display())
            }
            Self::Download(error) => write!(f, "the download failed: {error}"),
            Self::Verify(error) => write!(f, "digest {error}"),
        }
    }
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hub(error) => error.fmt(f),
            Self::Short { done, total } => write!(f, "{done} of {total} bytes came"),
            Self::Unwritable(error) => write!(f, "the file cannot be written: {error}"),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, actual } => {
                write!(f, "mismatch: expected {expected}, got {actual}")
            }
            Self::Unreadable(error) => {
                write!(f, "unknown: the file cannot be read to its end: {error}")
            }
        }
    }
}

impl std::error::Error for ModelError {}
impl std::error::Error for DownloadError {}
impl std::error::Error for VerifyError {}

impl From<DownloadError> for ModelError {
    fn from(error: DownloadError) -> Self {
        Self::Download(error)
    }
}

impl From<VerifyError> for ModelError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}
