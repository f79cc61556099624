//! What can be read only once: in goes a pipe, out comes a nameless file with all it gave, which
//! can be read at any place and as often as needed.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write as _};

use super::Stop;
use super::blocks::BLOCK;

/// What a pipe gave.
pub(super) struct Kept {
    pub(super) file: File,
    pub(super) length: u64,
    /// Why it gave no more, when that was not its end.
    pub(super) error: Option<io::Error>,
    /// Whether somebody wished to stop meanwhile.
    pub(super) stopped: bool,
}

/// Reads a pipe to its end, or until somebody wishes to stop.
pub(super) fn keep(stream: &mut dyn Read, stop: &Stop) -> io::Result<Kept> {
    let mut file = tempfile::tempfile()?;
    let mut block = vec![0; BLOCK];
    let mut kept = Kept { file: file.try_clone()?, length: 0, error: None, stopped: false };
    loop {
        match stream.read(&mut block) {
            Ok(0) => break,
            Ok(length) => {
                file.write_all(&block[..length])?;
                kept.length += length as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                kept.error = Some(error);
                break;
            }
        }
        // What was read until then is looked through all the same.
        kept.stopped = stop.take();
        if kept.stopped {
            break;
        }
    }
    kept.stopped |= stop.take();
    Ok(kept)
}
