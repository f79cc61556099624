//! Admission: into the queue of a pool, or not at all.
//!
//! In: a task. Out: its place, or a refusal with the reason; then it is served
//! in its turn.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use narration_runtime::{narrate, narrated, scope};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::dispatch::{self, Peers};
use super::job::Job;
use super::queue::Queue;
use crate::api::{Admitted, Refusal, Stage, Task};
use crate::peer::PeerError;
use crate::wire::Context;

/// How many jobs can be asked for; the oldest are forgotten first.
const REMEMBERED: usize = 1000;

/// Every request, and the queues.
pub(super) struct Jobs {
    pools: HashMap<String, Arc<Lane>>,
    known: Mutex<VecDeque<Arc<Job>>>,
    numbers: AtomicU64,
    capacity: usize,
    peers: Peers,
}

/// The queue of one pool.
pub(super) struct Lane {
    queue: Mutex<Queue<Arc<Job>>>,
    changed: Notify,
}

impl Lane {
    pub(super) fn queue(&self) -> MutexGuard<'_, Queue<Arc<Job>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ready when a request was admitted.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }
}

#[narrated(actor = "orchestratord")]
impl Jobs {
    /// Queues for these pools, each served in a task of its own.
    pub(super) fn new(
        pools: impl Iterator<Item = String>,
        capacity: usize,
        peers: Peers,
    ) -> Arc<Self> {
        let lane = || Lane { queue: Mutex::new(Queue::new(capacity)), changed: Notify::new() };
        let pools: HashMap<_, _> = pools.map(|pool| (pool, Arc::new(lane()))).collect();
        for lane in pools.values() {
            tokio::spawn(dispatch::serve_all(Arc::clone(lane), peers.clone()));
        }
        let (known, numbers) = (Mutex::default(), AtomicU64::new(1));
        Arc::new(Self { pools, known, numbers, capacity, peers })
    }

    /// Takes a task in.
    pub(super) fn admit(&self, task: Task) -> Result<Admitted, Refusal> {
        let (session_id, pool_id) = (task.session_id.clone(), task.pool_id.clone());
        let job_id = format!("job-{}", self.numbers.fetch_add(1, Ordering::Relaxed));
        let context = Context::current().with(|| scope!(session_id, job_id = &job_id, pool_id));
        let Some(lane) = self.pools.get(&task.pool_id) else {
            let refused = |reason: &str| {
                narrate!(
                    "admission-refused",
                    pool_id = &task.pool_id,
                    reason,
                    target = &task.session_id
                );
                Refusal::new(StatusCode::NOT_FOUND, reason, "no-such-pool")
            };
            return Err(context.tell(|| refused("there is no such pool")));
        };
        let job = Arc::new(Job::new(job_id.clone(), task, context));
        let admitted = {
            // Held while it is told, so that admission comes before whatever happens next.
            let mut queue = lane.queue();
            job.context.tell(|| self.enter(&mut queue, &job))?
        };
        self.remember(&job);
        lane.changed.notify_one();
        Ok(admitted)
    }

    fn enter(&self, queue: &mut Queue<Arc<Job>>, job: &Arc<Job>) -> Result<Admitted, Refusal> {
        let Task { session_id, pool_id, .. } = &job.task;
        let Ok(place) = queue.admit(Arc::clone(job)) else {
            let reason = "the queue is full";
            let queue_capacity = self.capacity;
            narrate!("admission-refused", pool_id, reason, queue_capacity, target = session_id);
            return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, reason, "queue-full"));
        };
        let (queue_position, predicted_start_ms) = (place.position, place.eta);
        narrate!("admission", target = session_id, pool_id, queue_position, predicted_start_ms);
        Ok(Admitted {
            job_id: job.id.clone(),
            queue_position: u64::try_from(queue_position).unwrap_or(u64::MAX),
            predicted_start_ms: u64::try_from(predicted_start_ms.as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// Gives a request up, wherever it is.
    pub(super) async fn cancel(&self, job: &Job) {
        let pool_id = &job.task.pool_id;
        job.context.tell(|| narrate!("cancel", pool_id, target = &job.id));
        let waiting = self
            .pools
            .get(pool_id)
            .and_then(|lane| lane.queue().remove(|waiting| waiting.id == job.id));
        if waiting.is_some() {
            job.is_now(Stage::Cancelled, None);
            let duration_ms = job.admitted.elapsed();
            job.context.tell(|| narrate!("cancelled", pool_id, duration_ms, outcome = "cancelled"));
        } else if !job.stage().is_final() {
            // The worker is told first; whether it heard or not, nobody waits for it any more.
            let _leaving = job.leave();
            let path = format!("/v1/jobs/{}/cancel", job.id);
            let nothing = json!({});
            let told = self.peers.adapters.ask(&path, &nothing);
            let _: Result<Value, PeerError> = job.context.clone().run(told).await;
        }
    }

    /// The request of that name.
    pub(super) fn find(&self, job_id: &str) -> Result<Arc<Job>, Refusal> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|job| job.id == job_id).cloned();
        found.ok_or_else(|| {
            Refusal::new(StatusCode::NOT_FOUND, "there is no such job", "no-such-job")
        })
    }

    fn remember(&self, job: &Arc<Job>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back(Arc::clone(job));
        if known.len() > REMEMBERED {
            known.pop_front();
        }
    }
}
