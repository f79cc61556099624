//! A client of the system.
//!
//! In: requests, each with an id that the client chose. Out: what the
//! orchestrator answers.

use std::time::Duration;

use reqwest::Method;
use tokio::time::timeout;

use super::System;
use crate::api::{Admitted, Progress, Replica, Task};
use crate::peer::PeerError;

/// How long the client waits for anything.
const PATIENCE: Duration = Duration::from_secs(90);

impl System {
    /// Asks for an answer, under this id.
    ///
    /// # Errors
    ///
    /// The request is refused, or nobody is there.
    pub async fn submit(&self, id: &str, task: &Task) -> Result<Admitted, PeerError> {
        let request = self.orchestrator.request(Method::POST, "/v1/tasks").json(task);
        let answer = self.orchestrator.send(request.header("x-correlation-id", id)).await?;
        answer.json().await.map_err(|error| self.orchestrator.away(&error))
    }

    /// How far a request is, once it has so many tokens or will have no more.
    ///
    /// # Errors
    ///
    /// Nobody is there, or nothing happens for too long.
    pub async fn progress(&self, admitted: &Admitted, tokens: u64) -> Result<Progress, PeerError> {
        let path = format!("/v1/tasks/{}?tokens={tokens}", admitted.job_id);
        let late =
            || PeerError::Away { service: "orchestratord", reason: "it takes too long".to_owned() };
        timeout(PATIENCE, self.orchestrator.get(&path)).await.map_err(|_| late())?
    }

    /// How a request ends.
    ///
    /// # Errors
    ///
    /// Nobody is there, or it does not end for too long.
    pub async fn end(&self, admitted: &Admitted) -> Result<Progress, PeerError> {
        self.progress(admitted, u64::MAX).await
    }

    /// Gives a request up, and waits until it is.
    ///
    /// # Errors
    ///
    /// Nobody is there.
    pub async fn cancel(&self, id: &str, admitted: &Admitted) -> Result<Progress, PeerError> {
        let path = format!("/v1/tasks/{}", admitted.job_id);
        let request = self.orchestrator.request(Method::DELETE, &path);
        let answer = self.orchestrator.send(request.header("x-correlation-id", id)).await?;
        answer.json().await.map_err(|error| self.orchestrator.away(&error))
    }

    /// The engine of a pool.
    ///
    /// # Errors
    ///
    /// Nobody is there, or the pool has no engine.
    pub async fn replica(&self, pool_id: &str) -> Result<Replica, PeerError> {
        self.pools.get(&format!("/v1/pools/{pool_id}")).await
    }

    /// Makes the engine of a pool crash, or hang: `what` is `crash` or `hang`.
    ///
    /// # Errors
    ///
    /// The pool has no engine. That the engine does not answer is none.
    pub async fn harm(&self, pool_id: &str, what: &str) -> Result<(), PeerError> {
        let engine = self.pools.at(self.replica(pool_id).await?.url);
        let _ = engine.send(engine.request(Method::POST, &format!("/{what}"))).await;
        Ok(())
    }
}
