//! `orchestratord`: takes requests, queues them, and sees each to its end.
//!
//! In: clients' tasks over HTTP. Out: a place in the queue, progress, answers.

mod admit;
mod dispatch;
mod job;
mod pace;
mod queue;

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use narration_runtime::narrate;
use serde::Deserialize;

pub use pace::Pace;
pub use queue::{Full, Place, Queue};

use crate::api::{Admitted, Progress, Refusal, Task};
use crate::peer::Peer;
use crate::service::{Fault, Service, required, text};
use admit::Jobs;
use dispatch::Peers;

/// The service.
pub struct Orchestrator {
    jobs: Arc<Jobs>,
    capacity: usize,
}

impl Service for Orchestrator {
    const NAME: &'static str = "orchestratord";
    const ABOUT: &'static str = "Takes requests, queues them, and sees each to its end";

    fn arguments(command: Command) -> Command {
        command
            .arg(required("pool-managerd", "The address of pool-managerd"))
            .arg(required("adapter-host", "The address of adapter-host"))
            .arg(
                Arg::new("pool")
                    .long("pool")
                    .action(ArgAction::Append)
                    .default_value("default")
                    .help("A pool that may be asked for"),
            )
            .arg(
                Arg::new("queue")
                    .long("queue")
                    .default_value("8")
                    .value_parser(value_parser!(usize))
                    .help("How many requests may wait for a pool"),
            )
    }

    fn open(arguments: &ArgMatches) -> Result<Self, Fault> {
        let capacity = arguments.get_one::<usize>("queue").copied().unwrap_or_default();
        let peers = Peers {
            pools: Peer::new("pool-managerd", text(arguments, "pool-managerd"))?,
            adapters: Peer::new("adapter-host", text(arguments, "adapter-host"))?,
        };
        let pools = arguments.get_many::<String>("pool").unwrap_or_default().cloned();
        Ok(Self { jobs: Jobs::new(pools, capacity, peers), capacity })
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/v1/tasks", post(admit))
            .route("/v1/tasks/{job_id}", get(progress).delete(cancel))
            .with_state(Arc::clone(&self.jobs))
    }

    fn started(&self, address: &str) {
        narrate!(
            actor = "orchestratord",
            action = "start",
            address,
            queue_capacity = self.capacity
        );
        narrate!(actor = "orchestratord", action = "http2");
    }

    fn stopping(&self) {
        narrate!(actor = "orchestratord", action = "stop");
    }
}

async fn admit(
    State(jobs): State<Arc<Jobs>>,
    Json(task): Json<Task>,
) -> Result<(StatusCode, Json<Admitted>), Refusal> {
    Ok((StatusCode::ACCEPTED, Json(jobs.admit(task)?)))
}

/// How a client wants to hear of its request.
#[derive(Deserialize)]
struct Hearing {
    /// Answer when this many tokens are there, or when there will be no more.
    tokens: Option<u64>,
}

async fn progress(
    State(jobs): State<Arc<Jobs>>,
    Path(job_id): Path<String>,
    Query(hearing): Query<Hearing>,
) -> Result<Json<Progress>, Refusal> {
    let job = jobs.find(&job_id)?;
    Ok(Json(job.progress(hearing.tokens.unwrap_or_default()).await))
}

async fn cancel(
    State(jobs): State<Arc<Jobs>>,
    Path(job_id): Path<String>,
) -> Result<Json<Progress>, Refusal> {
    let job = jobs.find(&job_id)?;
    jobs.cancel(&job).await;
    Ok(Json(job.progress(u64::MAX).await))
}
