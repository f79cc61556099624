//! What can be said about an export, and what can be wrong with it.

use std::fmt;
use std::str::FromStr;

/// How OTLP is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protocol {
    /// gRPC, by default on port 4317.
    Grpc,
    /// Protobuf over HTTP, by default on port 4318: what OpenTelemetry uses where nothing is said.
    HttpProtobuf,
    /// JSON over HTTP, by default on port 4318.
    HttpJson,
}

impl Protocol {
    /// As OpenTelemetry's builders have it; nothing for gRPC.
    pub(super) fn http(self) -> Option<opentelemetry_otlp::Protocol> {
        match self {
            Self::Grpc => None,
            Self::HttpProtobuf => Some(opentelemetry_otlp::Protocol::HttpBinary),
            Self::HttpJson => Some(opentelemetry_otlp::Protocol::HttpJson),
        }
    }
}

impl FromStr for Protocol {
    type Err = OtelError;

    /// The words of `OTEL_EXPORTER_OTLP_PROTOCOL`.
    fn from_str(text: &str) -> Result<Self, OtelError> {
        match text {
            "grpc" => Ok(Self::Grpc),
            "http/protobuf" => Ok(Self::HttpProtobuf),
            "http/json" => Ok(Self::HttpJson),
            other => Err(OtelError::Protocol(other.to_owned())),
        }
    }
}

/// Why nothing can be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtelError {
    /// `OTEL_EXPORTER_OTLP_PROTOCOL` names no protocol.
    Protocol(String),
    /// The endpoint is no address, or a setting for it makes no sense.
    Endpoint(String),
    /// The exporter's threads cannot be started.
    Threads(String),
}

impl fmt::Display for OtelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(given) => write!(
                f,
                "OTEL_EXPORTER_OTLP_PROTOCOL is {given:?}, which is none; set it to grpc, http/protobuf or http/json"
            ),
            Self::Endpoint(why) => write!(
                f,
                "cannot export over OTLP: {why}; check OTEL_EXPORTER_OTLP_ENDPOINT and the variables beside it"
            ),
            Self::Threads(why) => write!(f, "cannot start the exporter's threads: {why}"),
        }
    }
}

impl std::error::Error for OtelError {}
