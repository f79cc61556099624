//! The files an answer depends on.
//!
//! In: paths. Out: their texts, or why there is none; and a stamp for every
//! path that was asked for, there or not, by which a change is seen later.

use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest file that is read.
pub(crate) const MAX_FILE_LEN: u64 = 10 * 1024 * 1024;

/// What can be seen of a path without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stamp {
    Absent,
    /// There, but no file; its contents do not matter.
    Folder,
    File {
        modified: Option<SystemTime>,
        len: u64,
    },
}

impl Stamp {
    pub(crate) fn of(path: &Path) -> Self {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Self::Folder,
            Ok(metadata) => Self::File { modified: metadata.modified().ok(), len: metadata.len() },
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Self::File { modified: None, len: 0 }
            }
            Err(_) => Self::Absent,
        }
    }
}

/// Why a file has no text.
#[derive(Debug)]
pub(crate) enum ReadFault {
    Missing,
    NotAFile,
    TooLarge(u64),
    /// The text up to the first byte that is not UTF-8.
    NotUtf8(String),
    Io(std::io::Error),
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::NotAFile => f.write_str("it is not a file"),
            Self::TooLarge(len) => {
                write!(f, "it has {len} bytes; at most {MAX_FILE_LEN} are read")
            }
            Self::NotUtf8(_) => f.write_str("it is not UTF-8"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

/// Reads files and remembers what was asked for.
#[derive(Default)]
pub(crate) struct Files {
    stamps: Vec<(PathBuf, Stamp)>,
}

impl Files {
    /// Reads a text. The stamp is taken before, so that a change in between
    /// is seen as one.
    pub(crate) fn read(&mut self, path: &Path) -> Result<String, ReadFault> {
        match self.note(path) {
            Stamp::Absent => Err(ReadFault::Missing),
            Stamp::Folder => Err(ReadFault::NotAFile),
            Stamp::File { .. } => read(path),
        }
    }

    /// Remembers a path that matters by being there or not.
    pub(crate) fn note(&mut self, path: &Path) -> Stamp {
        if let Some((_, stamp)) = self.stamps.iter().find(|(noted, _)| noted == path) {
            return stamp.clone();
        }
        let stamp = Stamp::of(path);
        self.stamps.push((path.to_owned(), stamp.clone()));
        stamp
    }

    pub(crate) fn into_stamps(self) -> Vec<(PathBuf, Stamp)> {
        self.stamps
    }
}

fn read(path: &Path) -> Result<String, ReadFault> {
    let metadata = fs::metadata(path).map_err(ReadFault::Io)?;
    // A pipe or a device may never end, or block.
    if !metadata.is_file() {
        return Err(ReadFault::NotAFile);
    }
    if metadata.len() > MAX_FILE_LEN {
        return Err(ReadFault::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(ReadFault::Io)?;
    file.take(MAX_FILE_LEN).read_to_end(&mut bytes).map_err(ReadFault::Io)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(valid);
        ReadFault::NotUtf8(String::from_utf8_lossy(&bytes).into_owned())
    })
}
