//! `adapter-host`: stands between the orchestrator and engines of any make.
//!
//! In: prompts for engines, and questions about engines. Out: answers as they
//! stream in, through the worker adapter that speaks the engine's language.

mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::{Json, Router};
use clap::{ArgMatches, Command};
use futures_util::stream;
use narration_runtime::{narrate, narrated};
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc};

use crate::api::{About, Piece, Props, Refusal, Submit};
use crate::peer::{Peer, PeerError};
use crate::service::{Fault, Service};
use crate::wire;
use worker::{Worker, WorkerError};

/// How many pieces of an answer may wait for a slow reader.
const AHEAD: usize = 16;

/// The service.
pub struct AdapterHost(Arc<Host>);

/// What is going on.
struct Host {
    engines: Peer,
    running: Mutex<HashMap<String, Arc<Notify>>>,
}

impl Service for AdapterHost {
    const NAME: &'static str = "adapter-host";
    const ABOUT: &'static str = "Stands between the orchestrator and engines of any make";

    fn arguments(command: Command) -> Command {
        command
    }

    fn open(_: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self(Arc::new(Host {
            engines: Peer::new("the engine", "")?,
            running: Mutex::default(),
        })))
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/v1/submit", post(submit))
            .route("/v1/jobs/{job_id}/cancel", post(cancel))
            .route("/v1/health", post(health))
            .route("/v1/props", post(props))
            .with_state(Arc::clone(&self.0))
    }

    fn started(&self, address: &str) {
        narrate!(actor = "adapter-host", action = "start", address);
    }

    fn stopping(&self) {
        narrate!(actor = "adapter-host", action = "stop");
    }
}

#[narrated(actor = "adapter-host")]
impl Host {
    fn running(&self) -> MutexGuard<'_, HashMap<String, Arc<Notify>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers into `pieces` until the end, or until nobody wants the answer any more.
    async fn answer(
        self: Arc<Self>,
        submit: Submit,
        pieces: mpsc::Sender<Piece>,
        cancelled: Arc<Notify>,
    ) {
        let (job_id, readers) = (submit.job_id.clone(), pieces.clone());
        tokio::select! {
            // First whether it is wanted at all: a request taken back is cancelled, though the
            // worker may find at the same moment that nobody reads its answer.
            biased;
            () = cancelled.notified() => {}
            () = readers.closed() => {}
            () = self.submit(&submit, pieces) => {}
        }
        self.running().remove(&job_id);
    }

    /// Hands a prompt to a worker and passes the answer on, with its end.
    async fn submit(&self, submit: &Submit, pieces: mpsc::Sender<Piece>) {
        let end = match self
            .work(submit, &submit.engine, &submit.prompt, submit.max_tokens, &pieces)
            .await
        {
            Ok(tokens) => Piece::End(tokens),
            Err(error) => Piece::Broken(error.problem()),
        };
        let _ = pieces.send(end).await;
    }

    #[narrated(action = "submit", target = &submit.job_id, error_kind = err.kind())]
    async fn work(
        &self,
        submit: &Submit,
        engine: &str,
        prompt: &str,
        max_tokens: u64,
        pieces: &mpsc::Sender<Piece>,
    ) -> Result<u64, WorkerError> {
        let worker = Worker::new(self.engines.at(&submit.url), engine, pieces);
        worker.answer(prompt, max_tokens).await
    }

    /// Takes a request back.
    fn cancel(&self, job_id: &str) -> &'static str {
        let status = match self.running().get(job_id) {
            Some(cancelled) => {
                cancelled.notify_one();
                "the worker is told"
            }
            None => "no worker has it",
        };
        narrate!("cancel", target = job_id, status);
        status
    }

    #[narrated(action = "health", error_kind = err.kind())]
    async fn health(&self, engine: &str, url: &str) -> Result<Value, PeerError> {
        self.engines.at(url).get("/health").await
    }

    #[narrated(action = "props", error_kind = err.kind())]
    async fn props(&self, engine: &str, url: &str) -> Result<Props, PeerError> {
        self.engines.at(url).get("/props").await
    }
}

async fn submit(State(host): State<Arc<Host>>, Json(submit): Json<Submit>) -> Response {
    let (pieces, answer) = mpsc::channel(AHEAD);
    let cancelled = Arc::new(Notify::new());
    host.running().insert(submit.job_id.clone(), Arc::clone(&cancelled));
    // A task of its own: it must hear of a cancel also while nobody reads.
    wire::spawn(host.answer(submit, pieces, cancelled));
    let lines = stream::unfold(answer, async |mut answer| {
        let piece = answer.recv().await?;
        let line = serde_json::to_vec(&piece).map(|mut line| {
            line.push(b'\n');
            Bytes::from(line)
        });
        Some((line, answer))
    });
    Response::new(Body::from_stream(lines))
}

async fn cancel(State(host): State<Arc<Host>>, Path(job_id): Path<String>) -> Json<Value> {
    Json(json!({ "status": host.cancel(&job_id) }))
}

async fn health(
    State(host): State<Arc<Host>>,
    Json(about): Json<About>,
) -> Result<Json<Value>, Refusal> {
    host.health(&about.engine, &about.url).await.map(Json).map_err(refused)
}

async fn props(
    State(host): State<Arc<Host>>,
    Json(about): Json<About>,
) -> Result<Json<Props>, Refusal> {
    host.props(&about.engine, &about.url).await.map(Json).map_err(refused)
}

fn refused(error: PeerError) -> Refusal {
    Refusal(StatusCode::BAD_GATEWAY, error.problem())
}
