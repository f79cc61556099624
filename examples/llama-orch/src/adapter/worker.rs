//! The worker adapter: speaks the language of our engine.
//!
//! In: a prompt. Out: tokens as they come. A stream that breaks off is asked
//! for again, and goes on where it broke.

use std::fmt;
use std::time::{Duration, Instant};

use narration_runtime::{narrate, narrated};
use reqwest::Method;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::api::{Piece, Problem};
use crate::lines::Lines;
use crate::peer::{Peer, PeerError};

/// How often an engine is asked at most.
const ATTEMPTS: u64 = 8;

/// How long the first retry waits; each further one waits twice as long, up to the longest.
const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_millis(1600);

/// How long the engine thinks about each token, in milliseconds.
const THINKING: u64 = 5;

/// One request at one engine.
pub(super) struct Worker<'w> {
    peer: Peer,
    engine: &'w str,
    pieces: &'w mpsc::Sender<Piece>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum WorkerError {
    /// The engine cannot be used.
    Engine(PeerError),
    /// It ended before the answer did.
    Short { tokens: u64 },
    /// Nobody reads any more.
    Unread,
}

#[narrated(actor = "worker-adapter")]
impl<'w> Worker<'w> {
    pub(super) fn new(peer: Peer, engine: &'w str, pieces: &'w mpsc::Sender<Piece>) -> Self {
        Self { peer, engine, pieces }
    }

    /// Streams the answer, however often that takes. The number of its tokens.
    pub(super) async fn answer(&self, prompt: &str, max_tokens: u64) -> Result<u64, WorkerError> {
        let (mut tokens, mut attempt) = (0, 1);
        loop {
            let Err(error) =
                self.stream(self.engine, attempt, prompt, max_tokens, &mut tokens).await
            else {
                return Ok(tokens);
            };
            let engine = self.engine;
            if attempt == ATTEMPTS || matches!(error, WorkerError::Unread) {
                let kind = error.kind().to_owned();
                narrate!("error", engine, tokens, error = %error, error_kind = kind);
                return Err(error);
            }
            attempt += 1;
            let backoff_ms = error.backoff(attempt);
            narrate!("retry", engine, attempt, backoff_ms, retry_after_ms = error.retry_after());
            sleep(backoff_ms).await;
        }
    }

    /// Asks once. What was sent before is not sent again.
    #[narrated(action = "stream", error_kind = err.kind())]
    async fn stream(
        &self,
        engine: &str,
        attempt: u64,
        prompt: &str,
        max_tokens: u64,
        sent: &mut u64,
    ) -> Result<(), WorkerError> {
        let began = Instant::now();
        let path = format!("/completion?max_tokens={max_tokens}&delay_ms={THINKING}");
        let request = self.peer.request(Method::POST, &path).body(prompt.to_owned());
        let answer = self.peer.send(request).await.map_err(WorkerError::Engine)?;
        let (mut lines, mut seen) = (Lines::new(answer), 0);
        let broken = |error| WorkerError::Engine(self.peer.away(&error));
        while let Some(line) = lines.next().await.map_err(broken)? {
            if seen == 0 {
                narrate!("first-token", engine, duration_ms = began.elapsed());
            }
            seen += 1;
            if seen > *sent {
                let token = String::from_utf8_lossy(&line).into_owned();
                self.pieces.send(Piece::Token(token)).await.map_err(|_| WorkerError::Unread)?;
                *sent = seen;
            }
        }
        if seen < max_tokens { Err(WorkerError::Short { tokens: seen }) } else { Ok(()) }
    }
}

impl WorkerError {
    /// What went wrong, in one stable word.
    pub(super) fn kind(&self) -> &str {
        match self {
            Self::Engine(error) => error.kind(),
            Self::Short { .. } => "short",
            Self::Unread => "unread",
        }
    }

    pub(super) fn problem(&self) -> Problem {
        Problem { error: self.to_string(), kind: self.kind().to_owned() }
    }

    /// When the engine wants to be asked again, in milliseconds.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Engine(PeerError::Refused { retry_after_ms, .. }) => *retry_after_ms,
            _ => None,
        }
    }

    /// How long to wait before this attempt.
    fn backoff(&self, attempt: u64) -> Duration {
        let doubled = u32::try_from(attempt.saturating_sub(2)).unwrap_or(u32::MAX).min(16);
        let own = FIRST.saturating_mul(1 << doubled).min(LONGEST);
        own.max(Duration::from_millis(self.retry_after().unwrap_or_default()))
    }
}

impl fmt::Display for WorkerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Short { tokens } => write!(f, "the answer ended after {tokens} tokens"),
            Self::Unread => f.write_str("nobody reads the answer any more"),
        }
    }
}

impl std::error::Error for WorkerError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_retry_waits_longer_up_to_a_bound_and_as_long_as_the_engine_asks() {
        let short = WorkerError::Short { tokens: 3 };
        let waits: Vec<_> = (2..=8).map(|attempt| short.backoff(attempt).as_millis()).collect();
        assert_eq!(waits, [50, 100, 200, 400, 800, 1600, 1600]);
        let problem = Problem { error: String::new(), kind: "busy".to_owned() };
        let busy =
            PeerError::Refused { service: "the engine", problem, retry_after_ms: Some(3000) };
        assert_eq!(WorkerError::Engine(busy).backoff(2), Duration::from_secs(3));
    }
}
