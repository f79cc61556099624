//! Says what a sink is to be like.
//!
//! In: a place and choices. Out: an open [`Sink`].

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use narration_record::{Format, Style};

use super::account::Account;
use super::delivery::Delivery;
use super::file::{LogFile, Rotation};
use super::handle::{Manner, Sink};
use super::outlet::Outlet;
use super::output::Output;
#[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
use super::relay::Service;
use super::stream::{Standard, Stream};

/// What a sink is to be like. Made by [`Sink::file`], [`Sink::stdout`] or [`Sink::stderr`].
#[derive(Clone, Debug)]
#[must_use = "a sink takes lines once it is open"]
pub struct SinkBuilder {
    place: Place,
    pub(crate) delivery: Option<Delivery>,
    capacity: usize,
    patience: Duration,
    sync_failures: bool,
    fallback: bool,
    pub(crate) rotation: Rotation,
    service: String,
    style: Style,
}

/// Where lines go.
#[derive(Clone, Debug)]
enum Place {
    Standard(Standard),
    File(PathBuf),
    #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
    Service(Service),
}

/// The most bytes that are held back, unless said otherwise.
const CAPACITY: usize = 4 * 1024 * 1024;

/// How long a sink that takes nothing is waited for at the end, unless said otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

impl Sink {
    /// A sink that appends to a file; it and its folder are made if need be.
    pub fn file(path: impl Into<PathBuf>) -> SinkBuilder {
        SinkBuilder::new(Place::File(path.into()))
    }

    /// A sink that is systemd's journal, where each field of a record is one of the entry's:
    /// `journalctl NARRATION_CORRELATION_ID=req-xyz`. The path is that of its socket,
    /// `/run/systemd/journal/socket` on most systems.
    #[cfg(all(unix, feature = "journald"))]
    pub fn journald(socket: impl Into<PathBuf>) -> SinkBuilder {
        SinkBuilder::new(Place::Service(Service::Journal(socket.into())))
    }

    /// A sink that is a syslog daemon, spoken to by RFC 5424; the text of a message is the line.
    #[cfg(all(unix, feature = "syslog"))]
    pub fn syslog(address: super::SyslogAddress) -> SinkBuilder {
        SinkBuilder::new(Place::Service(Service::Syslog(address)))
    }

    /// A sink that is the service which `NARRATION_SINK` names, if that is one.
    pub(crate) fn named(text: &str) -> Option<SinkBuilder> {
        #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
        return text.parse().ok().map(|service| SinkBuilder::new(Place::Service(service)));
        #[cfg(not(all(unix, any(feature = "journald", feature = "syslog"))))]
        {
            let _ = text;
            None
        }
    }

    /// A sink on standard output.
    pub fn stdout() -> SinkBuilder {
        SinkBuilder::new(Place::Standard(Standard::Output))
    }

    /// A sink on standard error.
    pub fn stderr() -> SinkBuilder {
        SinkBuilder::new(Place::Standard(Standard::Error))
    }
}

impl SinkBuilder {
    fn new(place: Place) -> Self {
        Self {
            place,
            delivery: None,
            capacity: CAPACITY,
            patience: PATIENCE,
            sync_failures: false,
            fallback: false,
            rotation: Rotation::new(),
            service: "service".to_owned(),
            style: Style { format: Format::Json, colour: false },
        }
    }

    /// What happens to a line when the sink is slower than the service. By default
    /// [`Delivery::Block`] for files and [`Delivery::Direct`] for the streams.
    pub fn delivery(mut self, delivery: Delivery) -> Self {
        self.delivery = Some(delivery);
        self
    }

    /// The most bytes that are accepted and not yet written: 4 MiB unless said
    /// otherwise. Twice that is allocated at most, as it is used.
    pub fn capacity(mut self, bytes: usize) -> Self {
        self.capacity = bytes;
        self
    }

    /// How long [`Sink::flush`] and [`Sink::close`] wait for a sink that takes
    /// nothing: 5 seconds unless said otherwise.
    pub fn patience(mut self, time: Duration) -> Self {
        self.patience = time;
        self
    }

    /// Whether a failure (a line at `warn` or `error`) is on the disk before the
    /// service goes on, and with it everything told before.
    pub fn sync_failures(mut self, sync: bool) -> Self {
        self.sync_failures = sync;
        self
    }

    /// Whether lines that the sink does not take go to standard error instead of being lost.
    pub fn fallback_to_stderr(mut self, fallback: bool) -> Self {
        self.fallback = fallback;
        self
    }

    /// When the file is put away, and what becomes of it. Never, unless said otherwise:
    /// then others may rotate it, whose new file is noticed.
    pub fn rotation(mut self, rotation: Rotation) -> Self {
        self.rotation = rotation;
        self
    }

    /// In whose name, and in which format, the sink tells what it lost.
    pub fn told_by(mut self, service: impl Into<String>, format: Format) -> Self {
        self.service = service.into();
        self.style = Style { format, colour: false };
        self
    }

    /// Whether a person looks at it.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self.place, Place::Standard(standard) if standard.is_terminal())
    }

    /// Where it is, in one word.
    fn name(&self) -> PathBuf {
        match &self.place {
            Place::File(path) => path.clone(),
            Place::Standard(standard) => standard.name().into(),
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Place::Service(service) => service.name().into(),
        }
    }

    /// Opens the sink.
    ///
    /// # Errors
    ///
    /// Why the file cannot be opened, or the service not be reached; the streams always can.
    pub fn open(self) -> io::Result<Sink> {
        match &self.place {
            Place::File(path) => {
                let file = LogFile::open(path, self.rotation.clone())?;
                Ok(self.start(Output::File(Box::new(file)), Delivery::Block))
            }
            Place::Standard(standard) => {
                let standard = *standard;
                Ok(self.start_on(standard))
            }
            #[cfg(all(unix, any(feature = "journald", feature = "syslog")))]
            Place::Service(service) => {
                let relay = service.connect(&self.service)?;
                Ok(self.start(Output::Relay(relay), Delivery::Block))
            }
        }
    }

    /// Opens the sink, or a stream where its file cannot be opened; says which and why.
    pub(crate) fn open_or_stream(self, stderr: bool) -> (Sink, Option<(PathBuf, io::Error)>) {
        let name = self.name();
        let standard = if stderr { Standard::Error } else { Standard::Output };
        match self.clone().open() {
            Ok(sink) => (sink, None),
            Err(error) => (self.start_on(standard), Some((name, error))),
        }
    }

    fn start_on(self, standard: Standard) -> Sink {
        let queued = self.delivery.is_some_and(|delivery| delivery != Delivery::Direct);
        self.start(Output::Stream(Stream::new(standard, queued)), Delivery::Direct)
    }

    fn start(self, output: Output, usual: Delivery) -> Sink {
        let counts = Arc::default();
        let account = Account::new(self.service, self.style);
        let outlet = Outlet::new(output, account, Arc::clone(&counts), self.fallback);
        let manner = Manner {
            delivery: self.delivery.unwrap_or(usual),
            sync_failures: self.sync_failures,
            patience: self.patience,
            capacity: self.capacity,
        };
        Sink::start(outlet, counts, &manner)
    }
}
