//! A sink as services hold it.
//!
//! In: whole lines from any thread, by [`MakeWriter`]. Out: the same lines
//! written, by the sink's [`Delivery`]; counts of what was not.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tracing_core::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::batch::Batch;
use super::delivery::Delivery;
use super::flush::FlushError;
use super::losses::{Loss, LossReason, Losses};
use super::outlet::{Counts, Outlet};
use super::queue::{Pushed, Queue};

/// Where lines go, shared by all who write them. Made by [`Sink::file`],
/// [`Sink::stdout`] or [`Sink::stderr`].
///
/// A sink of one's own goes into [`layer`](crate::layer) by `with_writer`, and is
/// closed at the end of `main`: [`init!`](crate::init) does both.
///
/// ```
/// use narration_runtime::{Delivery, Sink};
///
/// # let folder = std::env::temp_dir().join(format!("narration-sink-{}", std::process::id()));
/// let sink = Sink::file(folder.join("depot.jsonl")).delivery(Delivery::DropNewest).open()?;
/// let layer = narration_runtime::layer().with_writer(sink.clone());
/// # let _ = layer;
/// sink.close()?;
/// assert_eq!(sink.losses().total(), 0);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Sink(Arc<Shared>);

struct Shared {
    name: String,
    delivery: Delivery,
    sync_failures: bool,
    patience: Duration,
    queue: Queue,
    outlet: Mutex<Outlet>,
    counts: Arc<Counts>,
    thread: Mutex<Option<JoinHandle<()>>>,
    reopen: AtomicBool,
    /// Nobody waits for the writing thread any more.
    abandoned: AtomicBool,
}

/// What a sink has accepted and not yet written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Lines.
    pub lines: u64,
    /// Bytes.
    pub bytes: usize,
}

/// How a sink works.
pub(super) struct Manner {
    pub(super) delivery: Delivery,
    pub(super) sync_failures: bool,
    pub(super) patience: Duration,
    pub(super) capacity: usize,
}

impl Sink {
    /// Starts the writing thread, where there is to be one.
    pub(super) fn start(outlet: Outlet, counts: Arc<Counts>, manner: &Manner) -> Self {
        let shared = Arc::new(Shared {
            name: outlet.output.name().to_owned(),
            delivery: manner.delivery,
            sync_failures: manner.sync_failures,
            patience: manner.patience,
            queue: Queue::new(manner.capacity),
            outlet: Mutex::new(outlet),
            counts,
            thread: Mutex::default(),
            reopen: AtomicBool::new(false),
            abandoned: AtomicBool::new(false),
        });
        if manner.delivery != Delivery::Direct {
            let writer = Arc::clone(&shared);
            let thread = thread::Builder::new().name("narration-sink".to_owned());
            match thread.spawn(move || writer.write_batches()) {
                Ok(thread) => {
                    *shared.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread)
                }
                // Without a thread whoever narrates writes.
                Err(_) => drop(shared.queue.abandon()),
            }
        }
        Self(shared)
    }

    /// What was lost so far.
    #[must_use]
    pub fn losses(&self) -> Losses {
        let loss = |reason| Loss {
            sink: self.0.name.clone(),
            reason,
            lines: self.0.counts.lost.get(reason),
        };
        Losses(LossReason::ALL.into_iter().map(loss).filter(|loss| loss.lines > 0).collect())
    }

    /// How many lines went to standard error because the sink did not take them.
    #[must_use]
    pub fn diverted(&self) -> u64 {
        self.0.counts.diverted.load(Ordering::Relaxed)
    }

    /// What is accepted and not yet written: all that can be lost when the process is killed now.
    #[must_use]
    pub fn unwritten(&self) -> Unwritten {
        let progress = self.0.queue.progress();
        Unwritten {
            lines: progress.accepted.saturating_sub(progress.settled),
            bytes: progress.bytes,
        }
    }

    /// Waits until everything accepted so far is handed to the system, where it
    /// survives the end of the process, however sudden. Waits no longer than the
    /// sink's [`patience`](super::SinkBuilder::patience).
    ///
    /// # Errors
    ///
    /// How many lines are not written, and whether they may still be.
    pub fn flush(&self) -> Result<(), FlushError> {
        self.flush_within(self.0.patience)
    }

    /// The same with a time of its own.
    ///
    /// # Errors
    ///
    /// How many lines are not written, and whether they may still be.
    pub fn flush_within(&self, time: Duration) -> Result<(), FlushError> {
        let shared = &self.0;
        let lost = shared.counts.lost.total();
        if shared.writes_directly() {
            let _ = shared.outlet().output.flush();
        } else {
            let accepted = shared.queue.progress().accepted;
            if shared.queue.is_forked() || !shared.queue.wait_for(accepted, Instant::now() + time) {
                return Err(FlushError::Stalled { lines: self.unwritten().lines });
            }
        }
        match shared.counts.lost.total() - lost {
            0 => Ok(()),
            lines => Err(FlushError::Lost { lines }),
        }
    }

    /// Opens the file anew, for those who rotate files by a signal. A renamed or
    /// removed file is noticed without that.
    pub fn reopen(&self) {
        self.0.reopen.store(true, Ordering::Release);
        if self.0.writes_directly() {
            self.0.reopen_if_asked(&mut self.0.outlet());
        } else {
            self.0.queue.nudge();
        }
    }

    /// Writes everything accepted, tells what was lost, and ends the writing
    /// thread. Whoever narrates afterwards writes the line itself.
    ///
    /// # Errors
    ///
    /// How many lines were given up, because the sink took nothing for as long
    /// as its [`patience`](super::SinkBuilder::patience) lasts.
    pub fn close(&self) -> Result<(), FlushError> {
        let shared = &self.0;
        let thread = shared.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some() && shared.queue.is_forked() {
            return self.give_up(LossReason::Forked);
        }
        let Some(thread) = thread else {
            if shared.writes_directly() {
                shared.outlet().finish();
            }
            return Ok(());
        };
        shared.queue.close();
        if shared.queue.wait_for_end(Instant::now() + shared.patience) {
            let _ = thread.join();
            return Ok(());
        }
        self.give_up(LossReason::Shutdown)
    }

    /// Counts what is not written as lost, and all that comes.
    fn give_up(&self, reason: LossReason) -> Result<(), FlushError> {
        let shared = &self.0;
        shared.abandoned.store(true, Ordering::Release);
        let lines = shared.queue.abandon();
        shared.counts.lost.add(reason, lines);
        Err(FlushError::Stalled { lines })
    }

    /// Takes one line.
    fn take(&self, line: &[u8], failure: bool) {
        let shared = &self.0;
        let sync = failure && shared.sync_failures;
        let pushed = match shared.delivery {
            Delivery::Direct => Pushed::Closed,
            Delivery::DropNewest => shared.queue.push(line, sync),
            Delivery::Block => shared.queue.push_or_wait(line, sync),
        };
        let lose = |reason| shared.counts.lost.add(reason, 1);
        match pushed {
            Pushed::Accepted(line) if sync && !shared.queue.is_forked() => {
                let _ = shared.queue.wait_for(line, Instant::now() + shared.patience);
            }
            Pushed::Accepted(_) => {}
            Pushed::Closed if shared.abandoned.load(Ordering::Acquire) => {
                lose(LossReason::Shutdown);
            }
            Pushed::Closed => match shared.outlet_here() {
                Some(mut outlet) => outlet.deliver(line, 1, sync),
                None => lose(LossReason::Forked),
            },
            Pushed::TooLarge => lose(LossReason::TooLarge),
            Pushed::Full => lose(LossReason::Full),
            Pushed::Forked => lose(LossReason::Forked),
        }
    }
}

impl Shared {
    /// Nothing that is guarded can be left half done: lines are counted or written.
    fn outlet(&self) -> MutexGuard<'_, Outlet> {
        self.outlet.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, but for a process that was forked off while its parent wrote.
    fn outlet_here(&self) -> Option<MutexGuard<'_, Outlet>> {
        match self.outlet.try_lock() {
            Ok(outlet) => Some(outlet),
            Err(TryLockError::Poisoned(outlet)) => Some(outlet.into_inner()),
            Err(TryLockError::WouldBlock) => (!self.queue.is_forked()).then(|| self.outlet()),
        }
    }

    /// Whether whoever narrates writes the line itself.
    fn writes_directly(&self) -> bool {
        self.delivery == Delivery::Direct
            || (self.queue.is_closed() && !self.abandoned.load(Ordering::Acquire))
    }

    /// The writing thread.
    fn write_batches(&self) {
        let mut batch = Batch::default();
        while self.queue.take(&mut batch) {
            let mut outlet = self.outlet();
            self.reopen_if_asked(&mut outlet);
            outlet.deliver(batch.bytes(), batch.lines(), batch.sync);
            drop(outlet);
            self.queue.settle(batch.lines());
        }
        self.outlet().finish();
        self.queue.end();
    }

    fn reopen_if_asked(&self, outlet: &mut Outlet) {
        if self.reopen.swap(false, Ordering::AcqRel) {
            // What cannot be opened now is tried again with the next lines.
            let _ = outlet.output.file().map(|file| file.reopen());
        }
    }
}

/// One line's way into a sink; each write is one whole line or several.
pub struct Line<'s> {
    sink: &'s Sink,
    failure: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.take(bytes, self.failure);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'s> MakeWriter<'s> for Sink {
    type Writer = Line<'s>;

    fn make_writer(&'s self) -> Line<'s> {
        Line { sink: self, failure: false }
    }

    fn make_writer_for(&'s self, metadata: &Metadata<'_>) -> Line<'s> {
        Line { sink: self, failure: *metadata.level() <= Level::WARN }
    }
}

impl std::fmt::Debug for Sink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink")
            .field("name", &self.0.name)
            .field("delivery", &self.0.delivery)
            .finish_non_exhaustive()
    }
}
