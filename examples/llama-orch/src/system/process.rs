//! One service's process, seen from whoever started it.
//!
//! In: its command. Out: where it listens; and its end, in any case: it ends
//! when its standard input does.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

use crate::service::Fault;

/// How long a service may take to listen, and to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service that runs.
pub(super) struct Process {
    name: &'static str,
    child: Child,
    alive: Option<ChildStdin>,
    address: String,
}

impl Process {
    /// Starts a service and waits until it says where it listens.
    pub(super) async fn start(name: &'static str, mut command: Command) -> Result<Self, Fault> {
        command.arg("--with-parent").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{name} cannot be started: {error}"))?;
        let (alive, stdout) = (child.stdin.take(), child.stdout.take());
        let mut address = String::new();
        if let Some(stdout) = stdout {
            let mut stdout = BufReader::new(stdout);
            timeout(PATIENCE, stdout.read_line(&mut address)).await??;
        }
        if address.is_empty() {
            let status = child.wait().await?;
            return Err(format!("{name} ended with {status}; its log says why").into());
        }
        Ok(Self { name, child, alive, address: address.trim_end().to_owned() })
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Asks it to end and waits until it has; one that does not is killed.
    pub(super) async fn stop(mut self) {
        drop(self.alive.take());
        if timeout(PATIENCE, self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
    }
}
