//! How a request ended.
//!
//! In: the head of the response, the status of a gRPC call, an error, a panic,
//! or nothing at all. Out: one of four outcomes.

use std::fmt::Display;

use http::{HeaderMap, StatusCode};

use super::grpc;
use crate::story::Failure;

/// How a request ended.
pub(super) enum Ending {
    /// It was answered; a client's fault is well answered, too.
    Ok,
    /// The service failed.
    Failed(Failure),
    /// Nobody waited for the rest of the answer.
    Cancelled,
    /// The handler unwound.
    Panicked(Failure),
}

impl Ending {
    /// The ending of a response that was handed over whole.
    pub(super) fn of_status(status: StatusCode) -> Self {
        if !status.is_server_error() {
            return Self::Ok;
        }
        Self::Failed(Failure {
            error: status.to_string(),
            kind: format!("http-{}", status.as_u16()),
        })
    }

    /// The ending of a gRPC call with this status, which stands in these headers or trailers.
    pub(super) fn of_call(code: u32, headers: &HeaderMap) -> Self {
        if code == grpc::CANCELLED {
            return Self::Cancelled;
        }
        if !grpc::is_failure(code) {
            return Self::Ok;
        }
        let name = grpc::name(code);
        let error = match grpc::message(headers) {
            Some(message) => format!("{name}: {message}"),
            None => name.to_owned(),
        };
        Self::Failed(Failure { error, kind: format!("grpc-{}", spoken(name)) })
    }

    /// Whether the service failed.
    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Panicked(_))
    }

    /// The ending of a request whose service, or whose body, gave an error.
    pub(super) fn of_error(kind: &'static str, error: &dyn Display) -> Self {
        Self::Failed(Failure { error: error.to_string(), kind: kind.to_owned() })
    }
}

/// A code's name as the kind of an error is written.
fn spoken(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}
