//! Watching over an engine.
//!
//! In: a process that runs. Out: another one each time it crashes or stops
//! answering, until that happens too often or the engine is not wanted any more.

use std::sync::Arc;
use std::time::{Duration, Instant};

use narration_runtime::{narrate, narrated};
use tokio::time::sleep;

use super::budget::Budget;
use super::launch::{LaunchError, Process, start, well};
use super::replica::{Replica, State};
use crate::peer::PeerError;

/// So many restarts within so long.
const RESTARTS: (usize, Duration) = (3, Duration::from_secs(60));

/// How long between two looks at an engine, and after how many bad ones it is ended.
const LOOK: Duration = Duration::from_millis(500);
const BAD_LOOKS: u32 = 2;

/// Watches over an engine until it ends for good.
pub(super) async fn supervise(replica: Arc<Replica>, mut process: Process) {
    let mut budget = Budget::new(RESTARTS.0, RESTARTS.1);
    loop {
        watch(&replica, &process);
        let ended = tokio::select! {
            status = process.child.wait() => status.map_or_else(|error| error.to_string(), |status| status.to_string()),
            () = unwell(&replica, process.port) => "it does not answer".to_owned(),
            () = replica.stopped() => {
                let _ = process.child.kill().await;
                return;
            }
        };
        // First, so that whoever notices that it is gone waits for the next.
        replica.is_now(State::Recovering);
        let _ = process.child.kill().await;
        let context = replica.context();
        let recovered = context.run(recover_from(&replica, ended, &mut budget)).await;
        let Ok(next) = recovered else {
            replica.is_now(State::Gone);
            return;
        };
        process = next;
        replica.is_now(State::Up);
    }
}

#[narrated(actor = "pool-managerd")]
mod telling {
    use super::*;

    /// Tells that an engine is watched over.
    pub(super) fn watch(replica: &Replica, process: &Process) {
        let (pool_id, replica_id) = (&replica.launch.pool_id, &replica.launch.replica_id);
        let pid = process.child.id().unwrap_or_default();
        replica.context().tell(|| narrate!("supervise", replica_id, pool_id, pid));
    }

    /// Tells that an engine did not answer as it should.
    pub(super) fn unwell(replica: &Replica, error: &PeerError) {
        let (pool_id, replica_id) = (&replica.launch.pool_id, &replica.launch.replica_id);
        let kind = error.kind();
        replica.context().tell(|| {
            narrate!("health-failed", replica_id, pool_id, error = %error, error_kind = kind);
        });
    }

    /// Tells of the crash and starts the engine again, until it runs or crashed too often.
    pub(super) async fn recover_from(
        replica: &Arc<Replica>,
        mut status: String,
        budget: &mut Budget,
    ) -> Result<Process, LaunchError> {
        let (pool_id, replica_id) = (&replica.launch.pool_id, &replica.launch.replica_id);
        loop {
            narrate!("crash", replica_id, pool_id, status = &status);
            let after = budget.spend(Instant::now());
            match recover(replica, replica.restarts(), replica.port(), after).await {
                Err(error) if after.is_some() => status = error.to_string(),
                recovered => return recovered,
            }
        }
    }

    /// Starts it again after a while, unless it crashed too often.
    #[narrated(
        action = "recover",
        replica_id = &replica.launch.replica_id,
        pool_id = &replica.launch.pool_id,
        error_kind = err.kind()
    )]
    async fn recover(
        replica: &Arc<Replica>,
        restarts: u64,
        port: u16,
        after: Option<Duration>,
    ) -> Result<Process, LaunchError> {
        let Some(after) = after else {
            return Err(LaunchError::GivenUp { crashes: RESTARTS.0 + 1 });
        };
        sleep(after).await;
        // On the same port, so that whoever uses the engine finds it where it was.
        start(replica, port).await
    }
}

use telling::{recover_from, watch};

/// Ready when an engine did not answer several times in a row.
async fn unwell(replica: &Replica, port: u16) {
    let mut bad = 0;
    while bad < BAD_LOOKS {
        sleep(LOOK).await;
        match well(port).await {
            Ok(()) => bad = 0,
            Err(error) => {
                bad += 1;
                telling::unwell(replica, &error);
            }
        }
    }
}
