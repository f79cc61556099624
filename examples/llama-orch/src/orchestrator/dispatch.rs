//! Serving: one request after the other, each through an engine of its pool.
//!
//! In: the queue of a pool. Out: each request's progress and end. A request
//! that is given up is dropped where it stands, and whoever works for it
//! notices.

use std::sync::Arc;
use std::time::{Duration, Instant};

use narration_runtime::narrated;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::admit::Lane;
use super::job::Job;
use crate::api::{About, Ensure, Piece, Problem, Props, Replica, Stage, Submit, Task};
use crate::lines::Lines;
use crate::peer::{Peer, PeerError};
use crate::wire;

/// How long to wait before an engine that is not well is asked for again.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];

/// The services a request needs.
#[derive(Clone)]
pub(super) struct Peers {
    pub(super) pools: Peer,
    pub(super) adapters: Peer,
}

/// Serves what is in a queue, for ever.
pub(super) async fn serve_all(lane: Arc<Lane>, peers: Peers) {
    loop {
        let next = lane.queue().take();
        let Some(job) = next else {
            lane.changed().await;
            continue;
        };
        let began = Instant::now();
        job.context.clone().run(serve(&job, &peers)).await;
        let completed = job.stage() == Stage::Completed;
        lane.queue().done(completed.then(|| began.elapsed()));
    }
}

/// Serves one request, or stops when it is given up.
async fn serve(job: &Job, peers: &Peers) {
    job.is_now(Stage::Running, None);
    tokio::select! {
        served = dispatch(job, peers) => match served {
            Ok(()) => job.is_now(Stage::Completed, None),
            Err(error) => job.is_now(Stage::Failed, Some(error.to_string())),
        },
        () = job.given_up() => {}
    }
    // Nothing of the request is alive any more when its client hears that it was cancelled.
    job.is_now(Stage::Cancelled, None);
}

#[narrated(
    actor = "orchestratord",
    action = "dispatch",
    pool_id = &job.task.pool_id,
    waited_ms = job.admitted.elapsed(),
    error_kind = err.kind()
)]
async fn dispatch(job: &Job, peers: &Peers) -> Result<(), PeerError> {
    let (pools, pool_id) = (peers.pools.clone(), job.task.pool_id.clone());
    let _lease = Lease { pools, pool_id };
    let replica = engine(&job.task, peers).await?;
    let _: Props = peers.adapters.ask("/v1/props", &about(&replica)).await?;
    stream(job, &peers.adapters, replica).await
}

/// An engine that says it is well; one that crashes meanwhile is waited for.
async fn engine(task: &Task, peers: &Peers) -> Result<Replica, PeerError> {
    let wanted = Ensure { model_ref: task.model_ref.clone(), digest: task.digest.clone() };
    let path = format!("/v1/pools/{}/ensure", task.pool_id);
    let mut pauses = PAUSES.iter();
    loop {
        let replica: Replica = peers.pools.ask(&path, &wanted).await?;
        let well: Result<Value, _> = peers.adapters.ask("/v1/health", &about(&replica)).await;
        match (well, pauses.next()) {
            (Ok(_), _) => return Ok(replica),
            (Err(error), None) => return Err(error),
            (Err(_), Some(pause)) => sleep(*pause).await,
        }
    }
}

fn about(replica: &Replica) -> About {
    About { engine: replica.engine.clone(), url: replica.url.clone() }
}

/// Passes the answer on, piece by piece.
async fn stream(job: &Job, adapters: &Peer, replica: Replica) -> Result<(), PeerError> {
    let submit = Submit {
        job_id: job.id.clone(),
        engine: replica.engine,
        url: replica.url,
        prompt: job.task.prompt.clone(),
        max_tokens: job.task.max_tokens,
    };
    let request = adapters.request(reqwest::Method::POST, "/v1/submit").json(&submit);
    let mut lines = Lines::new(adapters.send(request).await?);
    while let Some(line) = lines.next().await.map_err(|error| adapters.away(&error))? {
        match serde_json::from_slice(&line) {
            Ok(Piece::Token(token)) => job.add(&token),
            Ok(Piece::End(_)) => return Ok(()),
            Ok(Piece::Broken(problem)) => {
                return Err(PeerError::Refused {
                    service: "adapter-host",
                    problem,
                    retry_after_ms: None,
                });
            }
            Err(error) => {
                return Err(PeerError::Garbage {
                    service: "adapter-host",
                    reason: error.to_string(),
                });
            }
        }
    }
    if job.is_leaving() {
        // The worker stopped because it was told to; whoever told it ends this, too.
        std::future::pending::<()>().await;
    }
    let problem =
        Problem { error: "the answer has no end".to_owned(), kind: "broken-off".to_owned() };
    Err(PeerError::Refused { service: "adapter-host", problem, retry_after_ms: None })
}

/// An engine in use. The pool manager hears when it no longer is, however that came.
struct Lease {
    pools: Peer,
    pool_id: String,
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (pools, path) = (self.pools.clone(), format!("/v1/pools/{}/release", self.pool_id));
        // A runtime that ends takes no more tasks: then the pool manager ends, too.
        if tokio::runtime::Handle::try_current().is_ok() {
            wire::spawn(async move {
                let _: Result<Value, PeerError> = pools.ask(&path, &json!({})).await;
            });
        }
    }
}
