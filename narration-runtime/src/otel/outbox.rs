//! What waits to be exported.
//!
//! In: items, from any thread, which never waits. Out: batches, sent by a
//! thread of its own. The room is bounded: what finds no place, and what cannot
//! be sent, is counted, so that what was taken is what arrived and what was lost.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::exporting;

/// As many items wait at most, as in OpenTelemetry's batch processors.
const ROOM: usize = 2048;

/// As many items are sent at once, as in OpenTelemetry's batch processors.
const BATCH: usize = 512;

/// An item waits for others no longer than this, as in OpenTelemetry's processor of log records.
const DELAY: Duration = Duration::from_secs(1);

/// Sends a batch, or says why it could not.
pub(super) type Send<T> = Box<dyn FnMut(Vec<T>) -> Result<(), String> + core::marker::Send>;

/// A bounded queue with a thread that empties it.
pub(super) struct Outbox<T> {
    shared: Arc<Shared<T>>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

/// What was lost, by reason.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// There was no room.
    pub(super) full: AtomicU64,
    /// Nobody took them.
    pub(super) refused: AtomicU64,
}

struct Shared<T> {
    /// What waits there, for messages: `log records`.
    what: &'static str,
    state: Mutex<State<T>>,
    /// Something came, or is wanted.
    wake: Condvar,
    /// Nothing waits and nothing is on its way.
    idle: Condvar,
    lost: Lost,
}

struct State<T> {
    waiting: VecDeque<T>,
    /// When the first of them came.
    since: Instant,
    /// How many callers want everything sent now.
    hurry: usize,
    sending: bool,
    closed: bool,
}

impl<T> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: core::marker::Send + 'static> Outbox<T> {
    /// Starts the thread.
    pub(super) fn new(what: &'static str, send: Send<T>) -> std::io::Result<Self> {
        let (waiting, since) = (VecDeque::new(), Instant::now());
        let state = State { waiting, since, hurry: 0, sending: false, closed: false };
        let (wake, idle, lost) = Default::default();
        let shared = Arc::new(Shared { what, state: Mutex::new(state), wake, idle, lost });
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new().name(format!("narration {what}"));
        let worker = thread.spawn(move || work(&theirs, send))?;
        Ok(Self { shared, worker: Mutex::new(Some(worker)) })
    }

    /// Takes an item, or counts it as lost; never waits.
    pub(super) fn push(&self, item: T) {
        let mut state = self.shared.state();
        if state.closed || state.waiting.len() >= ROOM {
            drop(state);
            self.shared.lost.full.fetch_add(1, Ordering::Relaxed);
            return;
        }
        if state.waiting.is_empty() {
            state.since = Instant::now();
        }
        state.waiting.push_back(item);
        let wakes = state.waiting.len() == 1 || state.waiting.len() == BATCH;
        drop(state);
        if wakes {
            self.shared.wake.notify_one();
        }
    }

    /// Waits until all that was taken is sent or lost, but no longer than `patience`.
    /// Answers whether that is so.
    pub(super) fn flush(&self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        let mut state = self.shared.state();
        state.hurry += 1;
        self.shared.wake.notify_one();
        while state.sending || !state.waiting.is_empty() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let waited = self.shared.idle.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.hurry -= 1;
        !state.sending && state.waiting.is_empty()
    }

    /// Sends what waits, for as long as `patience` lasts, and takes nothing more.
    /// What was not sent by then is lost.
    pub(super) fn close(&self, patience: Duration) {
        let sent = self.flush(patience);
        let mut state = self.shared.state();
        state.closed = true;
        let left = state.waiting.drain(..).count();
        drop(state);
        self.shared.lost.refused.fetch_add(left as u64, Ordering::Relaxed);
        self.shared.wake.notify_one();
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A thread that is held up by its peer is left behind rather than waited for.
        if let Some(worker) = worker.filter(|_| sent) {
            let _ = worker.join();
        }
    }

    pub(super) fn lost(&self) -> &Lost {
        &self.shared.lost
    }
}

fn work<T>(shared: &Shared<T>, mut send: Send<T>) {
    exporting::mark();
    let mut failing = Failing::default();
    while let Some(batch) = next(shared) {
        let count = batch.len() as u64;
        match send(batch) {
            Ok(()) => failing.recovered(shared.what),
            Err(reason) => {
                shared.lost.refused.fetch_add(count, Ordering::Relaxed);
                failing.failed(shared.what, count, &reason);
            }
        }
        let mut state = shared.state();
        state.sending = false;
        if state.waiting.is_empty() {
            shared.idle.notify_all();
        }
    }
}

/// Waits for a batch; nothing once the outbox is closed.
fn next<T>(shared: &Shared<T>) -> Option<Vec<T>> {
    let mut state = shared.state();
    while !state.closed {
        let waited = state.since.elapsed();
        if state.waiting.is_empty() {
            shared.idle.notify_all();
            state = shared.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        } else if state.waiting.len() >= BATCH || state.hurry > 0 || waited >= DELAY {
            let count = state.waiting.len().min(BATCH);
            (state.sending, state.since) = (true, Instant::now());
            return Some(state.waiting.drain(..count).collect());
        } else {
            let woken = shared.wake.wait_timeout(state, DELAY.saturating_sub(waited));
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
    None
}

/// Tells once that exporting fails, and once that it works again.
#[derive(Default)]
struct Failing {
    lost: u64,
}

impl Failing {
    fn failed(&mut self, what: &str, count: u64, reason: &str) {
        if self.lost == 0 {
            tracing::warn!(target: "narration_runtime::otel", "{what} cannot be exported: {reason}; they are counted as lost until the endpoint answers");
        }
        self.lost += count;
    }

    fn recovered(&mut self, what: &str) {
        if self.lost > 0 {
            let lost = std::mem::take(&mut self.lost);
            tracing::warn!(target: "narration_runtime::otel", lost, "{what} are exported again; {lost} were lost");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn everything_taken_is_sent_by_a_flush() {
        let (sent, received) = mpsc::channel();
        let send = move |batch: Vec<u32>| sent.send(batch).map_err(|error| error.to_string());
        let outbox = Outbox::new("numbers", Box::new(send)).unwrap();
        (0..1000).for_each(|number| outbox.push(number));
        assert!(outbox.flush(LONG));
        assert_eq!(
            received.try_iter().flatten().collect::<Vec<_>>(),
            (0..1000).collect::<Vec<_>>()
        );
        outbox.close(LONG);
        outbox.push(1);
        assert_eq!(outbox.lost().full.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_peer_that_hangs_costs_room_and_no_time() {
        let (go, gone) = mpsc::channel::<()>();
        let (arrived, arrival) = mpsc::channel();
        let send = move |batch: Vec<usize>| {
            let _ = gone.recv();
            arrived.send(batch.len()).map_err(|error| error.to_string())
        };
        let outbox = Outbox::new("numbers", Box::new(send)).unwrap();
        (0..3 * ROOM).for_each(|number| outbox.push(number));
        assert!(!outbox.flush(Duration::from_millis(1)));
        drop(go);
        assert!(outbox.flush(LONG));
        let sent: usize = arrival.try_iter().sum();
        let lost = outbox.lost().full.load(Ordering::Relaxed);
        assert_eq!(sent as u64 + lost, 3 * ROOM as u64);
        assert!(lost >= (2 * ROOM - BATCH) as u64);
    }

    #[test]
    fn what_nobody_takes_is_counted() {
        let outbox = Outbox::new("numbers", Box::new(|_| Err("refused".to_owned()))).unwrap();
        (0..10).for_each(|number| outbox.push(number));
        assert!(outbox.flush(LONG));
        outbox.close(LONG);
        assert_eq!(outbox.lost().refused.load(Ordering::Relaxed), 10);
    }
}
