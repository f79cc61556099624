//! Starting an engine.
//!
//! In: its program, its model and a port. Out: a process that listens and
//! answers, or why there is none.

use std::fmt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use narration_runtime::narrated;
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use super::output::{self, Stream};
use super::replica::Replica;
use crate::peer::{Peer, PeerError};
use crate::wire::{self, InContext as _};

/// How long an engine may take until it listens, and until it answers.
const START: Duration = Duration::from_secs(20);

/// The exit code of an engine whose port is in use.
const PORT_IN_USE: i32 = 3;

/// What an engine is started with.
#[derive(Clone, Debug)]
pub(super) struct Launch {
    pub(super) replica_id: String,
    pub(super) pool_id: String,
    pub(super) binary: PathBuf,
    pub(super) model_path: String,
    pub(super) slots: u64,
    pub(super) chatter: u64,
}

/// An engine's process.
pub(super) struct Process {
    pub(super) child: Child,
    pub(super) port: u16,
    /// Its standard input: it ends when this does, whatever becomes of this service.
    _alive: Option<ChildStdin>,
}

/// Why an engine does not run.
#[derive(Debug)]
pub(super) enum LaunchError {
    Unstartable(std::io::Error),
    Ended(ExitStatus),
    Silent,
    Unwell(PeerError),
    GivenUp { crashes: usize },
}

/// Starts an engine for the first time.
#[narrated(
    actor = "pool-managerd",
    action = "spawn",
    pool_id = &replica.launch.pool_id,
    replica_id = &replica.launch.replica_id,
    slots = replica.launch.slots,
    error_kind = err.kind()
)]
pub(super) async fn spawn(
    replica: &Arc<Replica>,
    engine: &str,
    device: &str,
    wanted: u16,
) -> Result<Process, LaunchError> {
    match start(replica, wanted).await {
        // Somebody else was faster: any other port will do.
        Err(LaunchError::Ended(status)) if status.code() == Some(PORT_IN_USE) => {
            start(replica, 0).await
        }
        started => started,
    }
}

/// Starts its process and waits until it answers.
pub(super) async fn start(replica: &Arc<Replica>, port: u16) -> Result<Process, LaunchError> {
    let Launch { binary, model_path, slots, chatter, .. } = &replica.launch;
    let mut command = Command::new(binary);
    command
        .args(["--model", model_path, "--port", &port.to_string()])
        .args(["--slots", &slots.to_string(), "--chatter", &chatter.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // Not this service's group: Ctrl-C is for the service, which then ends its engines.
    #[cfg(unix)]
    command.process_group(0);
    let mut child =
        command.in_context().kill_on_drop(true).spawn().map_err(LaunchError::Unstartable)?;
    let alive = child.stdin.take();
    let (found, listens) = oneshot::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    wire::spawn(output::tell(Arc::clone(replica), Stream::Stdout, stdout, Some(found)));
    wire::spawn(output::tell(Arc::clone(replica), Stream::Stderr, stderr, None));
    let port = tokio::select! {
        listens = timeout(START, listens) => match listens {
            Ok(Ok(port)) => port,
            // Its output ended: so does it.
            Ok(Err(_)) => return Err(child.wait().await.map_or_else(LaunchError::Unstartable, LaunchError::Ended)),Err(_) => return Err(LaunchError::Silent),
        },
        ended = child.wait() => return Err(ended.map_or_else(LaunchError::Unstartable, LaunchError::Ended)),
    };
    tokio::select! {
        well = health_check(&replica.launch.replica_id, &replica.launch.pool_id, port) => well?,
        ended = child.wait() => return Err(ended.map_or_else(LaunchError::Unstartable, LaunchError::Ended)),
    }
    Ok(Process { child, port, _alive: alive })
}

/// Asks an engine that has just started until it is well.
#[narrated(actor = "pool-managerd", action = "health-check", error_kind = err.kind())]
async fn health_check(replica_id: &str, pool_id: &str, port: u16) -> Result<(), LaunchError> {
    let deadline = Instant::now() + START;
    loop {
        match well(port).await {
            Ok(()) => return Ok(()),
            Err(error) if Instant::now() >= deadline => return Err(LaunchError::Unwell(error)),
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Whether an engine says that it is well.
pub(super) async fn well(port: u16) -> Result<(), PeerError> {
    let away = |reason: String| PeerError::Away { service: "the engine", reason };
    let engine = Peer::new("the engine", format!("http://127.0.0.1:{port}"))
        .map_err(|error| away(error.to_string()))?;
    let asked = engine.get::<serde_json::Value>("/health");
    match timeout(Duration::from_secs(2), asked).await {
        Ok(answered) => answered.map(|_| ()),
        Err(_) => Err(away("no answer within 2 s".to_owned())),
    }
}

impl LaunchError {
    /// What went wrong, in one stable word.
    pub(super) fn kind(&self) -> &str {
        match self {
            Self::Unstartable(_) => "engine-unstartable",
            Self::Ended(_) => "engine-ended",
            Self::Silent => "engine-silent",
            Self::Unwell(error) => error.kind(),
            Self::GivenUp { .. } => "crashes-again",
        }
    }
}

impl fmt::Display for LaunchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unstartable(error) => write!(f, "the engine cannot be started: {error}"),
            Self::Ended(status) => write!(f, "the engine ended with {status}"),
            Self::Silent => write!(f, "the engine did not listen within {} s", START.as_secs()),
            Self::Unwell(error) => error.fmt(f),
            Self::GivenUp { crashes } => write!(f, "it crashed {crashes} times in a short time"),
        }
    }
}

impl std::error::Error for LaunchError {}
