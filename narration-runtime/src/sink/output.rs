//! The end of the way: what the lines are written to.
//!
//! In: whole lines. Out: as many whole lines written as the system takes, and
//! the reason why it was not all of them.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use super::batch::{Partial, count_lines, whole_lines};
use super::file::LogFile;
#[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
use super::relay::Relay;
use super::stream::Stream;

/// A write of at most this many bytes to a pipe is never mixed with another
/// process's (`PIPE_BUF` of Linux; POSIX asks for 512 at least).
pub(super) const SHARED_PIECE: usize = 4096;

/// How long to wait before a pipe that does not block is tried again.
const PAUSE: Duration = Duration::from_millis(1);

/// What the lines are written to.
pub(super) enum Output {
    Stream(Stream),
    File(Box<LogFile>),
    #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
    Relay(Relay),
}

impl Output {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Stream(stream) => stream.name(),
            Self::File(file) => file.name(),
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(relay) => relay.name(),
        }
    }

    /// Writes whole lines.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File(file) => file.write(bytes),
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(relay) => relay.write(bytes),
        }
    }

    /// Makes sure that what was written survives the machine.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(file) => file.sync(),
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(_) => Ok(()),
        }
    }

    /// Hands on what is held back on this side of the system.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(_) => Ok(()),
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(_) => Ok(()),
        }
    }

    /// Whether a line that is not taken says nothing of the next one.
    pub(super) fn is_line_by_line(&self) -> bool {
        match self {
            Self::Stream(_) | Self::File(_) => false,
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(_) => true,
        }
    }

    /// The file, if it is one.
    pub(super) fn file(&mut self) -> Option<&mut LogFile> {
        match self {
            Self::Stream(_) => None,
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Self::Relay(_) => None,
            Self::File(file) => Some(file),
        }
    }
}

/// Writes lines in pieces of whole lines. `torn` says whether there is the
/// beginning of a line in front of them, before and afterwards.
pub(super) fn write_lines(
    to: &mut impl Write,
    bytes: &[u8],
    piece: usize,
    torn: &mut bool,
) -> Result<(), Partial> {
    if *torn {
        write_piece(to, b"\n").map_err(|(_, error)| Partial { written: 0, error })?;
        *torn = false;
    }
    let mut rest = bytes;
    while !rest.is_empty() {
        let (one, more) = rest.split_at(whole_lines(rest, piece));
        if let Err((took, error)) = write_piece(to, one) {
            let took = bytes.get(..bytes.len() - rest.len() + took).unwrap_or_default();
            *torn = took.last().is_some_and(|last| *last != b'\n');
            return Err(Partial { written: count_lines(took), error });
        }
        rest = more;
    }
    Ok(())
}

/// Writes all of it, or says how much of it was taken.
fn write_piece(to: &mut impl Write, bytes: &[u8]) -> Result<(), (usize, io::Error)> {
    let mut took = 0;
    while let Some(rest) = bytes.get(took..).filter(|rest| !rest.is_empty()) {
        match to.write(rest) {
            Ok(0) => return Err((took, io::ErrorKind::WriteZero.into())),
            Ok(more) => took += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Somebody made the pipe one that does not block; its reader is slow.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::sleep(PAUSE),
            Err(error) => return Err((took, error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a few bytes a time, and no more than there is room for.
    struct Tight {
        took: Vec<u8>,
        room: usize,
    }

    impl Write for Tight {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = bytes.len().min(3).min(self.room - self.took.len());
            if count == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.took.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_place_to_stop_at_is_counted_to_the_line() {
        let lines = b"one\ntwo\nthree\nfour\n";
        for room in 0..=lines.len() {
            for piece in [1, 8, 64] {
                let (mut to, mut torn) = (Tight { took: Vec::new(), room }, false);
                let written = match write_lines(&mut to, lines, piece, &mut torn) {
                    Ok(()) => 4,
                    Err(partial) => partial.written,
                };
                assert_eq!(to.took, lines[..room]);
                assert_eq!(written, count_lines(&to.took), "{room} {piece}");
                assert_eq!(torn, room > 0 && lines[room - 1] != b'\n', "{room}");
            }
        }
    }

    #[test]
    fn a_torn_line_is_ended_before_the_next_one() {
        let (mut to, mut torn) = (Tight { took: b"tor".to_vec(), room: 64 }, true);
        write_lines(&mut to, b"whole\n", 64, &mut torn).unwrap();
        assert_eq!(to.took, b"tor\nwhole\n");
        assert!(!torn);
    }
}
