//! The bounded buffer between those who narrate and the thread that writes.
//!
//! In: whole lines from any thread. Out: batches of whole lines, in the order
//! they came in. Two buffers change places: one is filled while the other is
//! written, so that a line is copied once and nothing is allocated once both
//! have grown.
//!
//! The lock is held for the copy of a line, and never while anything is written or
//! anybody is woken: a call to the system under it would hold up all who narrate.

use std::sync::{PoisonError, TryLockError};
use std::time::Duration;

use super::batch::Batch;
use super::sync::{Condvar, Instant, Mutex, MutexGuard, process_id};

/// How long the writer lets lines gather before it writes them.
const GATHERING: Duration = Duration::from_millis(1);

/// As many bytes are written without waiting for more: many lines share one wake-up of
/// the writer, which costs as much as some ten lines, and still fit into a core's cache.
const ENOUGH: usize = 256 * 1024;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    /// It will be written, as the line of this number.
    Accepted(u64),
    /// There was no room.
    Full,
    /// There never will be room.
    TooLarge,
    /// The writer has ended.
    Closed,
    /// The writer is another process's: this one was forked off.
    Forked,
}

/// A bounded buffer of lines.
pub(super) struct Queue {
    /// The most bytes accepted and not yet written.
    capacity: usize,
    /// As many bytes are written without waiting for more.
    enough: usize,
    /// Whose thread writes.
    process: u32,
    state: Apart<Mutex<State>>,
    /// The writer waits here for lines.
    work: Condvar,
    /// Those who narrate wait here for room.
    room: Condvar,
    /// Those who flush wait here.
    settled: Condvar,
}

/// What all threads write to shares no cache line with what they only read.
#[derive(Default)]
#[repr(align(128))]
struct Apart<T>(T);

#[derive(Default)]
struct State {
    filling: Batch,
    /// Bytes that are being written.
    in_flight: usize,
    /// Lines accepted so far.
    accepted: u64,
    /// Lines written or lost so far.
    settled: u64,
    /// What the writer waits for.
    writer: Writer,
    /// How many wait for room.
    crowd: usize,
    /// How many wait until something is settled, or the writer ends.
    flushing: usize,
    /// Somebody waits until everything is written.
    urgent: bool,
    phase: Phase,
    /// The writer has nothing left to do.
    ended: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Writer {
    #[default]
    Busy,
    /// Waits for a first line.
    Idle,
    /// Waits a moment for more.
    Gathering,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Open,
    /// What is here is still written, then the writer ends.
    Closing,
    /// The writer takes no more lines, or nobody waits for it any more.
    Closed,
}

/// How far the writer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) accepted: u64,
    pub(super) settled: u64,
    /// Bytes accepted and not yet settled.
    pub(super) bytes: usize,
}

impl Queue {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            // A small buffer is written when it is half full, not when it has no room.
            enough: ENOUGH.min(capacity / 2),
            process: process_id(),
            state: Apart::default(),
            work: Condvar::new(),
            room: Condvar::new(),
            settled: Condvar::new(),
        }
    }

    /// Nothing panics while it holds the lock, so that what it guards is whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this process was forked off the one whose thread writes. Asked only where
    /// something has to wait anyway: it is a call to the system.
    pub(super) fn is_forked(&self) -> bool {
        self.process != process_id()
    }

    /// The lock, but for a process that was forked off while a thread of its parent held it:
    /// nobody would ever give it back.
    fn lock_here(&self) -> Option<MutexGuard<'_, State>> {
        match self.state.0.try_lock() {
            Ok(state) => Some(state),
            Err(TryLockError::Poisoned(state)) => Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => (!self.is_forked()).then(|| self.lock()),
        }
    }

    /// Adds a line, unless there is no room for it.
    pub(super) fn push(&self, line: &[u8], sync: bool) -> Pushed {
        let Some(mut state) = self.lock_here() else { return Pushed::Forked };
        let pushed = self.add(&mut state, line, sync);
        self.leave(state, sync);
        pushed
    }

    /// Adds a line as soon as there is room for it, or gives up when the writer ends.
    pub(super) fn push_or_wait(&self, line: &[u8], sync: bool) -> Pushed {
        let Some(mut state) = self.lock_here() else { return Pushed::Forked };
        loop {
            let pushed = self.add(&mut state, line, sync);
            if pushed != Pushed::Full {
                self.leave(state, sync);
                return pushed;
            }
            if self.is_forked() {
                return Pushed::Forked;
            }
            state.crowd += 1;
            self.work.notify_one();
            let waited = self.room.wait_timeout(state, Duration::from_secs(1));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.crowd -= 1;
        }
    }

    #[inline]
    fn add(&self, state: &mut State, line: &[u8], sync: bool) -> Pushed {
        if state.phase == Phase::Closed {
            return Pushed::Closed;
        }
        if line.len() > self.capacity {
            return Pushed::TooLarge;
        }
        if state.filling.len() + state.in_flight + line.len() > self.capacity {
            return Pushed::Full;
        }
        state.filling.push(line);
        state.filling.sync |= sync;
        state.accepted += 1;
        Pushed::Accepted(state.accepted)
    }

    /// Gives the lock back, and wakes the writer where it waits for what is there now.
    #[inline]
    fn leave(&self, state: MutexGuard<'_, State>, sync: bool) {
        let wakes = match state.writer {
            Writer::Busy => false,
            Writer::Idle => !state.filling.is_empty(),
            Writer::Gathering => sync || state.filling.len() >= self.enough,
        };
        if wakes {
            self.wake(state);
        }
    }

    fn wake(&self, mut state: MutexGuard<'_, State>) {
        state.writer = Writer::Busy;
        drop(state);
        self.work.notify_one();
    }

    /// Exchanges an empty batch for a full one; nothing when all is written and the
    /// sink is closing. To be called by the writer alone.
    pub(super) fn take(&self, batch: &mut Batch) -> bool {
        batch.clear();
        let mut state = self.lock();
        while state.filling.is_empty() && state.phase == Phase::Open && !state.urgent {
            state.writer = Writer::Idle;
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let until = Instant::now() + GATHERING;
        while !state.filling.is_empty()
            && state.filling.len() < self.enough
            && state.phase == Phase::Open
            && state.crowd == 0
            && !state.urgent
            && !state.filling.sync
        {
            let Some(rest) = until.checked_duration_since(Instant::now()) else { break };
            state.writer = Writer::Gathering;
            state = self.work.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.writer = Writer::Busy;
        state.urgent = false;
        if state.filling.is_empty() && state.phase != Phase::Open {
            state.phase = Phase::Closed;
            return false;
        }
        std::mem::swap(batch, &mut state.filling);
        state.in_flight = batch.len();
        true
    }

    /// Notes that a batch is written or lost, and lets those go on who waited for that.
    pub(super) fn settle(&self, lines: u64) {
        let mut state = self.lock();
        state.in_flight = 0;
        state.settled += lines;
        let (crowd, flushing) = (state.crowd, state.flushing);
        drop(state);
        if crowd > 0 {
            self.room.notify_all();
        }
        if flushing > 0 {
            self.settled.notify_all();
        }
    }

    /// Waits until the line of this number is settled. Says whether it is.
    pub(super) fn wait_for(&self, line: u64, until: Instant) -> bool {
        let hurry = |state: &mut State| {
            state.urgent = true;
            state.writer = Writer::Busy;
            self.work.notify_one();
        };
        self.wait_until(until, |state| state.settled >= line, hurry)
    }

    /// Notes that the writer has nothing left to do.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.settled.notify_all();
    }

    /// Waits until the writer has nothing left to do. Says whether that is so.
    pub(super) fn wait_for_end(&self, until: Instant) -> bool {
        self.wait_until(until, |state| state.ended, |_| {})
    }

    /// Waits until something is so, and does something before each look at it.
    fn wait_until(
        &self,
        until: Instant,
        done: impl Fn(&State) -> bool,
        before: impl Fn(&mut State),
    ) -> bool {
        let mut state = self.lock();
        while !done(&state) {
            let Some(rest) = until.checked_duration_since(Instant::now()) else { return false };
            before(&mut state);
            state.flushing += 1;
            let waited = self.settled.wait_timeout(state, rest);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.flushing -= 1;
        }
        true
    }

    /// Lets the writer do its rounds even if there is nothing to write.
    pub(super) fn nudge(&self) {
        let mut state = self.lock();
        state.urgent = true;
        self.wake(state);
    }

    /// From now on the writer ends as soon as it has written everything.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        if state.phase == Phase::Open {
            state.phase = Phase::Closing;
        }
        self.wake(state);
    }

    /// Gives up what is not written yet, and says how many lines that is.
    pub(super) fn abandon(&self) -> u64 {
        let Some(mut state) = self.lock_here() else { return 0 };
        state.phase = Phase::Closed;
        self.room.notify_all();
        let lines = state.accepted.saturating_sub(state.settled);
        state.settled = state.accepted;
        lines
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock_here().is_some_and(|state| state.phase == Phase::Closed)
    }

    pub(super) fn progress(&self) -> Progress {
        let Some(state) = self.lock_here() else { return Progress::default() };
        let bytes = state.filling.len() + state.in_flight;
        Progress { accepted: state.accepted, settled: state.settled, bytes }
    }
}
