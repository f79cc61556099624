//! systemd's journal, by its native protocol.
//!
//! In: a record's line. Out: one entry: the text as `MESSAGE`, level as
//! `PRIORITY`, the service as `SYSLOG_IDENTIFIER`, and everything else under
//! `NARRATION_…`, so that `journalctl NARRATION_CORRELATION_ID=req-xyz` tells
//! a story. What is no record becomes a `MESSAGE` as it is.

use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};

use super::{INFORMATIONAL, Protocol, severity};

/// Where the journal listens.
pub(super) const SOCKET: &str = "/run/systemd/journal/socket";

/// The longest name of a field that the journal takes.
const LONGEST_NAME: usize = 64;

/// A way to the journal.
pub(super) struct Journal {
    path: PathBuf,
    socket: UnixDatagram,
    program: String,
    /// The entry that is put together, kept for its room.
    entry: Vec<u8>,
}

impl Journal {
    pub(super) fn connect(path: &Path, program: &str) -> io::Result<Self> {
        let socket = connected(path)?;
        let (path, program) = (path.to_owned(), program.to_owned());
        Ok(Self { path, socket, program, entry: Vec::new() })
    }

    fn put_together(&mut self, line: &str) {
        let Self { program, entry, .. } = self;
        entry.clear();
        field(entry, "SYSLOG_IDENTIFIER", program);
        let Ok(record) = narration_record::read(line) else {
            field(entry, "PRIORITY", &INFORMATIONAL.to_string());
            return field(entry, "MESSAGE", line);
        };
        field(entry, "PRIORITY", &severity(record.level).to_string());
        field(entry, "MESSAGE", &record.human);
        field(entry, "NARRATION_TIMESTAMP", &record.timestamp.to_string());
        field(entry, "NARRATION_LEVEL", &record.level.to_string());
        field(entry, "NARRATION_ACTOR", &record.actor);
        field(entry, "NARRATION_ACTION", &record.action);
        record.target.iter().for_each(|target| field(entry, "NARRATION_TARGET", target));
        for (name, value) in &record.fields {
            field(entry, &prefixed(name), &value.to_string());
        }
    }
}

impl Protocol for Journal {
    fn send(&mut self, line: &str) -> io::Result<()> {
        self.put_together(line);
        self.socket.send(&self.entry).map(drop)
    }

    fn reconnect(&mut self) -> io::Result<()> {
        self.socket = connected(&self.path)?;
        Ok(())
    }
}

fn connected(path: &Path) -> io::Result<UnixDatagram> {
    let socket = UnixDatagram::unbound()?;
    socket.connect(path)?;
    Ok(socket)
}

/// A field's name as the journal takes it: capital letters, digits and `_`.
fn prefixed(name: &str) -> String {
    let legal = |letter: char| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' }
    };
    "NARRATION_".chars().chain(name.chars().map(legal)).take(LONGEST_NAME).collect()
}

/// One field. With a line break in its value it is written with its length.
fn field(entry: &mut Vec<u8>, name: &str, value: &str) {
    entry.extend_from_slice(name.as_bytes());
    if value.contains('\n') {
        entry.push(b'\n');
        entry.extend_from_slice(&(value.len() as u64).to_le_bytes());
    } else {
        entry.push(b'=');
    }
    entry.extend_from_slice(value.as_bytes());
    entry.push(b'\n');
}
