//! What can be read only once: in goes a pipe, out comes a nameless file with all it gave, which
//! can be read at any place and as often as needed.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};

/// What a pipe gave.
pub(super) struct Kept {
    pub(super) file: File,
    pub(super) length: u64,
    /// Why it gave no more, when that was not its end.
    pub(super) error: Option<io::Error>,
}

/// Reads a pipe to its end.
pub(super) fn keep(stream: &mut dyn Read) -> io::Result<Kept> {
    let mut file = tempfile::tempfile()?;
    let error = io::copy(stream, &mut file).err();
    let length = file.seek(SeekFrom::End(0))?;
    Ok(Kept { file, length, error })
}
