//! What an engine writes.
//!
//! In: one of its streams. Out: a narration for each line, up to a bound; the
//! rest is counted and the count told. The stream is always read to its end,
//! so that an engine that floods it is never held up.

use std::sync::Arc;
use std::time::Duration;

use narration_runtime::narrate;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::replica::Replica;

/// How many lines are told in each [`WINDOW`].
const TOLD: u64 = 50;

/// How long the bound is counted over.
const WINDOW: Duration = Duration::from_secs(1);

/// How long a flood may pause before its count is told.
const QUIET: Duration = Duration::from_millis(200);

/// The longest line that is told whole, in bytes.
const LONGEST: usize = 512;

/// One of an engine's two streams.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    fn name(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
        }
    }
}

/// Reads a stream to its end. The port is sent to `listens` when a line names it.
pub(super) async fn tell(
    replica: Arc<Replica>,
    stream: Stream,
    output: Option<impl AsyncRead + Unpin>,
    mut listens: Option<oneshot::Sender<u16>>,
) {
    let Some(mut output) = output else { return };
    let mut teller = Teller { replica, stream, told: 0, untold: 0, since: Instant::now() };
    let (mut line, mut chunk) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        let read = match timeout(QUIET, output.read(&mut chunk)).await {
            Ok(Ok(read @ 1..)) => read,
            Ok(_) => break,
            Err(_) => {
                teller.settle();
                continue;
            }
        };
        for byte in chunk.get(..read).unwrap_or_default() {
            if *byte == b'\n' {
                teller.line(&line, &mut listens);
                line.clear();
            } else if line.len() < LONGEST {
                line.push(*byte);
            }
        }
    }
    if !line.is_empty() {
        teller.line(&line, &mut listens);
    }
}

struct Teller {
    replica: Arc<Replica>,
    stream: Stream,
    told: u64,
    untold: u64,
    since: Instant,
}

impl Teller {
    fn line(&mut self, line: &[u8], listens: &mut Option<oneshot::Sender<u16>>) {
        let text = String::from_utf8_lossy(line);
        let port =
            text.strip_prefix("listening on port ").and_then(|port| port.trim().parse().ok());
        if let (Some(port), Some(listens)) = (port, listens.take_if(|_| port.is_some())) {
            let _ = listens.send(port);
        }
        if self.since.elapsed() >= WINDOW {
            self.settle();
            (self.told, self.since) = (0, Instant::now());
        }
        if self.told == TOLD {
            self.untold += 1;
            return;
        }
        self.told += 1;
        let (replica_id, stream) = (&self.replica.launch.replica_id, self.stream.name());
        self.replica.context().tell(|| {
            narrate!(
                actor = "pool-managerd",
                action = "engine-output",
                replica_id,
                stream,
                line = &*text
            );
        });
    }

    /// Tells how much was not told.
    fn settle(&mut self) {
        let lines = std::mem::take(&mut self.untold);
        if lines > 0 {
            let (replica_id, stream) = (&self.replica.launch.replica_id, self.stream.name());
            self.replica.context().tell(|| {
                narrate!(
                    actor = "pool-managerd",
                    action = "engine-flood",
                    replica_id,
                    stream,
                    lines
                );
            });
        }
    }
}

/// What was not told is told at the latest with the end, however that comes.
impl Drop for Teller {
    fn drop(&mut self) {
        self.settle();
    }
}
