//! What can go wrong on the way to a model.
//!
//! In: nothing. Out: one type for each step, and [`ProvisionError`] over them.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::reference::NoModelRef;

/// Why a model could not be provided. Whatever it is, it was narrated where it happened.
#[derive(Debug)]
pub enum ProvisionError {
    /// The reference cannot be read.
    Reference(NoModelRef),
    /// There is no such file, or it cannot be read.
    Missing(MissingModel),
    /// The download failed.
    Download(DownloadError),
    /// The file is not what it should be.
    Verify(VerifyError),
}

/// A model file that is not there, or that cannot be read.
#[derive(Debug)]
pub struct MissingModel {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Why a download failed.
#[derive(Debug)]
pub enum DownloadError {
    /// The mirror does not have the repository.
    NotFound {
        /// Where it should be.
        path: PathBuf,
    },
    /// Copying broke off.
    Broken(io::Error),
}

/// Why a file is not verified. The texts follow the word "digest".
#[derive(Debug)]
pub enum VerifyError {
    /// The file has another digest.
    Mismatch {
        /// What it should be.
        expected: Digest,
        /// What it is.
        actual: Digest,
    },
    /// The file cannot be read to its end.
    Unreadable(io::Error),
}

impl fmt::Display for ProvisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(error) => write!(f, "model reference: {error}"),
            Self::Missing(error) => error.fmt(f),
            Self::Download(error) => write!(f, "download: {error}"),
            Self::Verify(error) => write!(f, "digest {error}"),
        }
    }
}

impl fmt::Display for MissingModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no model can be read at {}", self.path.display())
    }
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { path } => write!(f, "the mirror has no {}", path.display()),
            Self::Broken(_) => f.write_str("copying broke off"),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, actual } => {
                write!(f, "mismatch: expected {expected}, got {actual}")
            }
            Self::Unreadable(_) => f.write_str("unknown: the file cannot be read to its end"),
        }
    }
}

impl Error for ProvisionError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Reference(_) => None,
            Self::Missing(error) => error.source(),
            Self::Download(error) => error.source(),
            Self::Verify(error) => error.source(),
        }
    }
}

impl Error for MissingModel {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl Error for DownloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotFound { .. } => None,
            Self::Broken(error) => Some(error),
        }
    }
}

impl Error for VerifyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Mismatch { .. } => None,
            Self::Unreadable(error) => Some(error),
        }
    }
}

impl From<NoModelRef> for ProvisionError {
    fn from(error: NoModelRef) -> Self {
        Self::Reference(error)
    }
}

impl From<MissingModel> for ProvisionError {
    fn from(error: MissingModel) -> Self {
        Self::Missing(error)
    }
}

impl From<DownloadError> for ProvisionError {
    fn from(error: DownloadError) -> Self {
        Self::Download(error)
    }
}

impl From<VerifyError> for ProvisionError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}
