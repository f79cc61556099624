//! What can be wrong with a set-up, and the way out.

use std::fmt;
use std::io;
use std::path::PathBuf;

use narration_record::Format;

/// A fault of a set-up.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// `NARRATION_FORMAT` names no format.
    UnknownFormat {
        /// What it says.
        given: String,
        /// What is used instead.
        used: Format,
    },
    /// `NARRATION_DELIVERY` names no delivery.
    UnknownDelivery {
        /// What it says.
        given: String,
    },
    /// `NARRATION_SINK` names no sink, or one whose feature is not built in.
    UnknownSink {
        /// What it says.
        given: String,
    },
    /// The file for the lines cannot be opened, or the service not be reached.
    Unwritable {
        /// The file; the socket or the address of a service.
        path: PathBuf,
        /// Where lines go instead.
        used: &'static str,
        /// Why.
        source: io::Error,
    },
    /// `RUST_LOG`, or the filter given in code, cannot be read.
    Filter {
        /// The directive.
        given: String,
        /// Why.
        reason: String,
    },
    /// Nothing can be recorded in the folder that `NARRATION_COVERAGE` names.
    NoCoverage {
        /// Why.
        source: io::Error,
    },
    /// Nothing can be exported to the OTLP endpoint that the environment names.
    NoExport {
        /// Why, and the way out.
        reason: String,
    },
    /// Somebody has installed a subscriber before.
    AlreadySet,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat { given, used } => write!(
                f,
                "NARRATION_FORMAT is {given:?}, which is no format; using {used}. Set it to json, logfmt, pretty or story"
            ),
            Self::UnknownDelivery { given } => write!(
                f,
                "NARRATION_DELIVERY is {given:?}, which is no delivery; using the usual one. Set it to direct, block or drop-newest"
            ),
            Self::UnknownSink { given } => write!(
                f,
                "NARRATION_SINK is {given:?}, which is no sink here; using the usual one. Set it to stdout or stderr; to journald or journald:/path with the feature `journald`; to syslog, syslog:/path, syslog:udp://host:514 or syslog:tcp://host:601 with the feature `syslog`"
            ),
            Self::Unwritable { path, used, source } => write!(
                f,
                "cannot write to {}: {source}; writing to {used}. Set NARRATION_FILE to a file this process may append to, or NARRATION_SINK to a service that is there",
                path.display()
            ),
            Self::Filter { given, reason } => write!(
                f,
                "cannot read the filter {given:?}: {reason}; that part is left out. Set RUST_LOG to directives such as `info,pool-managerd::spawn=debug`"
            ),
            Self::NoCoverage { source } => write!(
                f,
                "cannot record coverage: {source}; going on without. Set NARRATION_COVERAGE to a folder this process may write to"
            ),
            Self::NoExport { reason } => write!(f, "{reason}; going on without the export"),
            Self::AlreadySet => f.write_str(
                "a tracing subscriber is installed already, so none was installed now. Call init!() first, or add narration_runtime::layer() to that subscriber",
            ),
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unwritable { source, .. } | Self::NoCoverage { source } => Some(source),
            _ => None,
        }
    }
}
