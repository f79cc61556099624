//! A syslog daemon, by RFC 5424.
//!
//! In: a record's line. Out: one message: severity and time of the record, the
//! service as its application, the action as its message id, the line itself as
//! its text. Over TCP each message goes behind its length (RFC 6587), so that
//! none runs into the next.

use std::fmt;
use std::io::{self, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::{INFORMATIONAL, Protocol, severity};

/// Where most systems have their daemon.
const SOCKET: &str = "/dev/log";

/// The port of syslog over UDP, and of syslog over TCP, where none is said.
const PORTS: [u16; 2] = [514, 601];

/// How long a daemon is waited for that cannot be reached or takes nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The facility of user programs, `user`, times eight as in every priority.
const USER: u8 = 8;

/// Where a syslog daemon is.
///
/// ```
/// use narration_runtime::SyslogAddress;
///
/// let address: SyslogAddress = "udp://logs.example:514".parse()?;
/// assert_eq!(address, SyslogAddress::Udp("logs.example:514".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyslogAddress {
    /// A socket of this machine, by its path.
    Unix(PathBuf),
    /// A host and port; messages are lost without notice on the way.
    Udp(String),
    /// A host and port.
    Tcp(String),
}

/// The daemon of this machine.
impl Default for SyslogAddress {
    fn default() -> Self {
        Self::Unix(SOCKET.into())
    }
}

impl fmt::Display for SyslogAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "{}", path.display()),
            Self::Udp(address) => write!(f, "udp://{address}"),
            Self::Tcp(address) => write!(f, "tcp://{address}"),
        }
    }
}

/// A text that is no [`SyslogAddress`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSyslogAddress(String);

impl fmt::Display for UnknownSyslogAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = &self.0;
        write!(f, "{given:?} is no address: it is /dev/log, udp://host:514 or tcp://host:601")
    }
}

impl std::error::Error for UnknownSyslogAddress {}

impl FromStr for SyslogAddress {
    type Err = UnknownSyslogAddress;

    fn from_str(text: &str) -> Result<Self, UnknownSyslogAddress> {
        let with_port = |host: &str, port: u16| {
            let has_one =
                host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
            if has_one { host.to_owned() } else { format!("{host}:{port}") }
        };
        match text.split_once("://") {
            Some(("udp", host)) if !host.is_empty() => Ok(Self::Udp(with_port(host, PORTS[0]))),
            Some(("tcp", host)) if !host.is_empty() => Ok(Self::Tcp(with_port(host, PORTS[1]))),
            None if text.starts_with('/') => Ok(Self::Unix(text.into())),
            _ => Err(UnknownSyslogAddress(text.to_owned())),
        }
    }
}

/// A way to a daemon.
pub(super) struct Syslog {
    address: SyslogAddress,
    transport: Transport,
    /// ` host app pid `, the same in every message.
    sender: String,
    message: String,
}

enum Transport {
    Unix(UnixDatagram),
    Udp(UdpSocket),
    Tcp(TcpStream),
}

impl Syslog {
    pub(super) fn connect(address: &SyslogAddress, program: &str) -> io::Result<Self> {
        let system = rustix::system::uname();
        let host = name(&system.nodename().to_string_lossy(), 255);
        let sender = format!(" {host} {} {} ", name(program, 48), std::process::id());
        let transport = Transport::to(address)?;
        Ok(Self { address: address.clone(), transport, sender, message: String::new() })
    }

    fn put_together(&mut self, line: &str) {
        let record = narration_record::read(line).ok();
        let severity = record.as_ref().map_or(INFORMATIONAL, |record| severity(record.level));
        let time = record.as_ref().map_or("-".to_owned(), |record| record.timestamp.to_string());
        let action = record.map_or("-".to_owned(), |record| name(&record.action, 32));
        let (sender, priority) = (&self.sender, USER + severity);
        self.message.clear();
        // Without structured data: all of it is in the line.
        let _ = fmt::Write::write_fmt(
            &mut self.message,
            format_args!("<{priority}>1 {time}{sender}{action} - {line}"),
        );
    }
}

impl Protocol for Syslog {
    fn send(&mut self, line: &str) -> io::Result<()> {
        self.put_together(line);
        self.transport.send(&self.message)
    }

    fn reconnect(&mut self) -> io::Result<()> {
        self.transport = Transport::to(&self.address)?;
        Ok(())
    }
}

impl Transport {
    fn to(address: &SyslogAddress) -> io::Result<Self> {
        match address {
            SyslogAddress::Unix(path) => {
                let socket = UnixDatagram::unbound()?;
                socket.connect(path)?;
                Ok(Self::Unix(socket))
            }
            SyslogAddress::Udp(address) => {
                let to = address.to_socket_addrs()?.next();
                let to = to.ok_or(io::ErrorKind::AddrNotAvailable)?;
                let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
                let socket = UdpSocket::bind(any)?;
                socket.connect(to)?;
                Ok(Self::Udp(socket))
            }
            SyslogAddress::Tcp(address) => {
                let to = address.to_socket_addrs()?.next();
                let to = to.ok_or(io::ErrorKind::AddrNotAvailable)?;
                let stream = TcpStream::connect_timeout(&to, PATIENCE)?;
                stream.set_write_timeout(Some(PATIENCE))?;
                Ok(Self::Tcp(stream))
            }
        }
    }

    fn send(&mut self, message: &str) -> io::Result<()> {
        match self {
            Self::Unix(socket) => socket.send(message.as_bytes()).map(drop),
            Self::Udp(socket) => socket.send(message.as_bytes()).map(drop),
            Self::Tcp(stream) => {
                let framed = format!("{} {message}", message.len());
                let sent = stream.write_all(framed.as_bytes());
                // Half a message would make one with the next: nothing follows it here.
                sent.map_err(|_| io::ErrorKind::ConnectionReset.into())
            }
        }
    }
}

/// A name as a header takes it: printable ASCII without blanks, or `-`.
fn name(text: &str, most: usize) -> String {
    let printable = text.chars().filter(char::is_ascii_graphic).take(most).collect::<String>();
    if printable.is_empty() { "-".to_owned() } else { printable }
}
