//! `pool-managerd`: keeps an engine running for each pool.
//!
//! In: the orchestrator's wish for an engine with a model. Out: an engine that
//! answers; it is provisioned, spawned, watched, and started again when it crashes.

mod budget;
mod launch;
mod output;
mod replica;
mod supervise;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_runtime::{narrate, narrated};
use serde_json::{Value, json};
use tokio::sync::Mutex;

pub use budget::Budget;

use crate::api::{self, Engine, Ensure, Model, Prepare, Refusal};
use crate::peer::{Peer, PeerError};
use crate::service::{Fault, Service, required, text};
use launch::{Launch, spawn};
use replica::Replica;

/// The service.
pub struct PoolManager {
    pools: Arc<Pools>,
}

/// Every pool, and who provisions for them.
struct Pools {
    pools: HashMap<String, Pool>,
    models: Peer,
    engines: Peer,
}

/// One pool.
struct Pool {
    plan: Plan,
    current: Mutex<Option<Arc<Replica>>>,
    numbers: AtomicU64,
}

/// What a pool shall run.
#[derive(Clone)]
struct Plan {
    id: String,
    git_ref: String,
    device: String,
    slots: u64,
    chatter: u64,
}

/// What a pool calls its engine until it is built.
const ENGINE: &str = "llamacpp-v1";

impl Service for PoolManager {
    const NAME: &'static str = "pool-managerd";
    const ABOUT: &'static str = "Keeps an engine running for each pool";

    fn arguments(command: Command) -> Command {
        command
            .arg(required("model-provisioner", "The address of model-provisioner"))
            .arg(required("engine-provisioner", "The address of engine-provisioner"))
            .arg(
                Arg::new("pool")
                    .long("pool")
                    .action(ArgAction::Append)
                    .default_value("default,master,GPU0,4,0")
                    .help(
                        "<name>,<git ref>,<device>,<slots>,<lines the engine writes when it loads>",
                    ),
            )
    }

    fn open(arguments: &ArgMatches) -> Result<Self, Fault> {
        let plans = arguments.get_many::<String>("pool").unwrap_or_default();
        let pools = plans.map(|given| Plan::read(given).map(Pool::new));
        let pools = pools.map(|pool| pool.map(|pool| (pool.plan.id.clone(), pool)));
        Ok(Self {
            pools: Arc::new(Pools {
                pools: pools.collect::<Result<_, Fault>>()?,
                models: Peer::new("model-provisioner", text(arguments, "model-provisioner"))?,
                engines: Peer::new("engine-provisioner", text(arguments, "engine-provisioner"))?,
            }),
        })
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/v1/pools/{pool_id}", get(show))
            .route("/v1/pools/{pool_id}/ensure", post(ensure))
            .route("/v1/pools/{pool_id}/release", post(release))
            .with_state(Arc::clone(&self.pools))
    }

    fn started(&self, address: &str) {
        narrate!(actor = "pool-managerd", action = "start", address);
    }

    fn stopping(&self) {
        narrate!(actor = "pool-managerd", action = "stop");
    }
}

impl Plan {
    /// From the command line.
    fn read(given: &str) -> Result<Self, Fault> {
        let [id, git_ref, device, slots, chatter] = *given.split(',').collect::<Vec<_>>() else {
            return Err(
                format!("{given:?} is no pool: five words, with commas between them").into()
            );
        };
        let (id, git_ref, device) = (id.to_owned(), git_ref.to_owned(), device.to_owned());
        Ok(Self { id, git_ref, device, slots: slots.parse()?, chatter: chatter.parse()? })
    }
}

impl Pool {
    fn new(plan: Plan) -> Self {
        Self { plan, current: Mutex::new(None), numbers: AtomicU64::new(0) }
    }
}

impl Pools {
    fn find(&self, pool_id: &str) -> Result<&Pool, Refusal> {
        let unknown =
            || Refusal::new(StatusCode::NOT_FOUND, "there is no such pool", "no-such-pool");
        self.pools.get(pool_id).ok_or_else(unknown)
    }

    /// An engine of the pool that answers and has the model.
    #[narrated(
        actor = "pool-managerd",
        action = "ensure",
        engine = ENGINE,
        pool_id = &pool.plan.id,
        error_kind = err.kind()
    )]
    async fn ensure(&self, pool: &Pool, wanted: &Ensure) -> Result<api::Replica, Refusal> {
        // One at a time: two requests for a pool must not build its engine twice.
        let mut current = pool.current.lock().await;
        let provide =
            api::Provide { model_ref: wanted.model_ref.clone(), digest: wanted.digest.clone() };
        let model: Model = self.models.ask("/v1/models", &provide).await.map_err(handed_on)?;
        if let Some(replica) = current.as_ref() {
            if replica.launch.model_path == model.path && replica.is_up().await {
                replica.lend();
                return Ok(replica.shown());
            }
            replica.stop();
        }
        *current = None;
        let replica = self.provision(pool, model).await?;
        replica.lend();
        let shown = replica.shown();
        *current = Some(replica);
        Ok(shown)
    }

    /// Builds an engine, starts it, and watches over it from now on.
    async fn provision(&self, pool: &Pool, model: Model) -> Result<Arc<Replica>, Refusal> {
        let plan = &pool.plan;
        let prepare = Prepare {
            pool_id: plan.id.clone(),
            engine: ENGINE.to_owned(),
            device: plan.device.clone(),
            git_ref: plan.git_ref.clone(),
            model_path: model.path.clone(),
        };
        let engine: Engine = self.engines.ask("/v1/engines", &prepare).await.map_err(handed_on)?;
        let launch = Launch {
            replica_id: format!("r{}", pool.numbers.fetch_add(1, Ordering::Relaxed)),
            pool_id: plan.id.clone(),
            binary: engine.binary.into(),
            model_path: model.path,
            slots: plan.slots,
            chatter: plan.chatter,
        };
        let replica = Arc::new(Replica::new(launch, engine.engine));
        let process = spawn(&replica, ENGINE, &plan.device, engine.port).await;
        let process = process.map_err(|error| {
            Refusal::new(StatusCode::BAD_GATEWAY, error.to_string(), error.kind())
        })?;
        replica.now_on(process.port);
        // The engine outlives the request it was started for: its own task, not the request's.
        tokio::spawn(supervise::supervise(Arc::clone(&replica), process));
        Ok(replica)
    }
}

/// A service's error, with its own words and kind, to whoever asked for it.
fn handed_on(error: PeerError) -> Refusal {
    let status = match error {
        PeerError::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        PeerError::Away { .. } | PeerError::Garbage { .. } => StatusCode::BAD_GATEWAY,
    };
    Refusal(status, error.problem())
}

async fn ensure(
    State(pools): State<Arc<Pools>>,
    Path(pool_id): Path<String>,
    Json(wanted): Json<Ensure>,
) -> Result<Json<api::Replica>, Refusal> {
    Ok(Json(pools.ensure(pools.find(&pool_id)?, &wanted).await?))
}

async fn release(
    State(pools): State<Arc<Pools>>,
    Path(pool_id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let current = pools.find(&pool_id)?.current.lock().await.clone();
    current.inspect(|replica| replica.give_back());
    Ok(Json(json!({})))
}

async fn show(
    State(pools): State<Arc<Pools>>,
    Path(pool_id): Path<String>,
) -> Result<Json<api::Replica>, Refusal> {
    let current = pools.find(&pool_id)?.current.lock().await.clone();
    let none = || Refusal::new(StatusCode::NOT_FOUND, "the pool has no engine", "no-engine");
    Ok(Json(current.ok_or_else(none)?.shown()))
}
