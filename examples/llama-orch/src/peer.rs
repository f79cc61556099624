//! Another service, seen from one that needs it.
//!
//! In: a question. Out: the answer, or a [`PeerError`] that says whether nobody
//! was there, somebody refused, or the answer was none.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use reqwest::{Method, Response};
use reqwest_middleware::{ClientWithMiddleware, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::Problem;
use crate::wire::{carrying, in_words};

/// How long a connection may take on one machine.
const CONNECT: Duration = Duration::from_secs(2);

/// Another service.
#[derive(Clone, Debug)]
pub struct Peer {
    name: &'static str,
    base: String,
    http: ClientWithMiddleware,
}

/// Why a service did not answer as hoped.
#[derive(Debug)]
pub enum PeerError {
    /// Nobody is there, or the connection broke.
    Away {
        /// Who was asked.
        service: &'static str,
        /// Why.
        reason: String,
    },
    /// It said no.
    Refused {
        /// Who was asked.
        service: &'static str,
        /// Why.
        problem: Problem,
        /// After how many milliseconds to ask again, if it said so.
        retry_after_ms: Option<u64>,
    },
    /// What it said cannot be read.
    Garbage {
        /// Who was asked.
        service: &'static str,
        /// Why not.
        reason: String,
    },
}

impl Peer {
    /// The service of this name at this address.
    ///
    /// # Errors
    ///
    /// The client cannot be made.
    pub fn new(name: &'static str, base: impl Into<String>) -> Result<Self, reqwest::Error> {
        // On this machine alone: a proxy of the environment has nothing to do with it.
        let http = reqwest::Client::builder().no_proxy().connect_timeout(CONNECT).build()?;
        Ok(Self { name, base: base.into(), http: carrying(http) })
    }

    /// The same client for another address.
    #[must_use]
    pub fn at(&self, base: impl Into<String>) -> Self {
        Self { name: self.name, base: base.into(), http: self.http.clone() }
    }

    /// Asks, and reads the answer.
    ///
    /// # Errors
    ///
    /// See [`PeerError`].
    pub async fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        question: &Q,
    ) -> Result<A, PeerError> {
        self.read(self.send(self.request(Method::POST, path).json(question)).await?).await
    }

    /// Asks for something that is there.
    ///
    /// # Errors
    ///
    /// See [`PeerError`].
    pub async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, PeerError> {
        self.read(self.send(self.request(Method::GET, path)).await?).await
    }

    /// A request to be finished and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Sends a request; a refusal is an error.
    ///
    /// # Errors
    ///
    /// See [`PeerError`].
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, PeerError> {
        let answer = request.send().await.map_err(|error| self.away(&error))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let after = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let retry_after_ms =
            after.and_then(|value| value.parse::<u64>().ok()).map(|seconds| seconds * 1000);
        let problem = answer.json().await.unwrap_or_else(|_| Problem {
            error: format!("it answered {status}"),
            kind: format!("http-{}", status.as_u16()),
        });
        Err(PeerError::Refused { service: self.name, problem, retry_after_ms })
    }

    /// The error of a connection.
    #[must_use]
    pub fn away(&self, error: &(dyn Error + 'static)) -> PeerError {
        PeerError::Away { service: self.name, reason: in_words(error) }
    }

    async fn read<A: DeserializeOwned>(&self, answer: Response) -> Result<A, PeerError> {
        let garbage = |reason: String| PeerError::Garbage { service: self.name, reason };
        let bytes = answer.bytes().await.map_err(|error| self.away(&error))?;
        serde_json::from_slice(&bytes).map_err(|error| garbage(error.to_string()))
    }
}

impl PeerError {
    /// What went wrong, to be handed on: the kind stays, whoever tells it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem { error: self.to_string(), kind: self.kind().to_owned() }
    }

    /// What went wrong, in one stable word.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Away { .. } => "service-away",
            Self::Refused { problem, .. } => &problem.kind,
            Self::Garbage { .. } => "bad-answer",
        }
    }
}

impl fmt::Display for PeerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away { service, reason } => write!(f, "{service} is away: {reason}"),
            Self::Refused { service, problem, .. } => write!(f, "{service}: {}", problem.error),
            Self::Garbage { service, reason } => {
                write!(f, "the answer of {service} cannot be read: {reason}")
            }
        }
    }
}

impl Error for PeerError {}
