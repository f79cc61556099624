//! A logging service of the system that takes one message a line.
//!
//! In: whole lines. Out: each as a message of the service's own protocol. What
//! narrates never sees the service: a message that is not taken is a lost line,
//! counted as such.

use std::borrow::Cow;
use std::io;
#[cfg(feature = "journald")]
use std::path::PathBuf;
use std::str::FromStr;

use narration_record::Level;

use super::batch::Partial;

#[cfg(feature = "journald")]
mod journal;
#[cfg(feature = "syslog")]
mod syslog;

#[cfg(feature = "syslog")]
pub use syslog::{SyslogAddress, UnknownSyslogAddress};

/// Which service, and where it is.
#[derive(Clone, Debug)]
pub(super) enum Service {
    /// systemd's journal, by its socket.
    #[cfg(feature = "journald")]
    Journal(PathBuf),
    /// A syslog daemon.
    #[cfg(feature = "syslog")]
    Syslog(SyslogAddress),
}

/// A way to a service.
pub(super) struct Relay {
    name: String,
    protocol: Box<dyn Protocol>,
}

/// How a line is handed over.
trait Protocol: Send {
    /// Hands over one line, without its line break.
    fn send(&mut self, line: &str) -> io::Result<()>;

    /// Connects anew, after a message was not taken.
    fn reconnect(&mut self) -> io::Result<()>;
}

impl Service {
    /// What the sink is called in messages and counts.
    pub(super) fn name(&self) -> String {
        match self {
            #[cfg(feature = "journald")]
            Self::Journal(socket) => socket.display().to_string(),
            #[cfg(feature = "syslog")]
            Self::Syslog(address) => address.to_string(),
        }
    }

    /// Connects, in the name of this program.
    pub(super) fn connect(&self, program: &str) -> io::Result<Relay> {
        let protocol: Box<dyn Protocol> = match self {
            #[cfg(feature = "journald")]
            Self::Journal(socket) => Box::new(journal::Journal::connect(socket, program)?),
            #[cfg(feature = "syslog")]
            Self::Syslog(address) => Box::new(syslog::Syslog::connect(address, program)?),
        };
        Ok(Relay { name: self.name(), protocol })
    }
}

/// The service that `NARRATION_SINK` names: `journald`, `syslog`, or either with its place behind
/// a colon.
impl FromStr for Service {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, place) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            #[cfg(feature = "journald")]
            "journald" if place.is_empty() => Ok(Self::Journal(journal::SOCKET.into())),
            #[cfg(feature = "journald")]
            "journald" => Ok(Self::Journal(place.into())),
            #[cfg(feature = "syslog")]
            "syslog" if place.is_empty() => Ok(Self::Syslog(SyslogAddress::default())),
            #[cfg(feature = "syslog")]
            "syslog" => place.parse().map(Self::Syslog).map_err(drop),
            _ => Err(()),
        }
    }
}

impl Relay {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Hands over lines, until one is not taken.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Partial> {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        for (written, line) in (0..).zip(lines) {
            let text: Cow<'_, str> = String::from_utf8_lossy(line);
            let sent = self.send(text.trim_end_matches('\n'));
            sent.map_err(|error| Partial { written, error })?;
        }
        Ok(())
    }

    /// A service that was started anew has another socket under its name.
    fn send(&mut self, line: &str) -> io::Result<()> {
        match self.protocol.send(line) {
            Err(error) if is_gone(&error) => {
                self.protocol.reconnect()?;
                self.protocol.send(line)
            }
            sent => sent,
        }
    }
}

fn is_gone(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::BrokenPipe
            | Kind::ConnectionAborted
            | Kind::ConnectionRefused
            | Kind::ConnectionReset
            | Kind::NotConnected
    )
}

/// How bad a line is, by the numbers that syslog and the journal share.
fn severity(level: Level) -> u8 {
    match level {
        Level::Error => 3,
        Level::Warn => 4,
        Level::Info => 6,
        Level::Debug | Level::Trace => 7,
    }
}

/// The severity of a line that is no record.
const INFORMATIONAL: u8 = 6;
