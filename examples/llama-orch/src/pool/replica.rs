//! One engine of a pool, through all its processes.
//!
//! In: what it is made of, and who uses it. Out: whether it is up, and in which
//! request's story it belongs.

use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, watch};

use super::launch::Launch;
use crate::api;
use crate::wire::Context;

/// One engine of a pool.
pub(super) struct Replica {
    pub(super) launch: Launch,
    engine: String,
    port: AtomicU16,
    restarts: AtomicU64,
    state: watch::Sender<State>,
    stopped: Notify,
    /// The request it was started for.
    origin: Context,
    /// The request that uses it: what happens to the engine happens to that.
    user: Mutex<Option<Context>>,
}

/// Whether an engine can be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    Up,
    Recovering,
    Gone,
}

impl Replica {
    /// One that belongs to the request this is called in, until it is lent.
    pub(super) fn new(launch: Launch, engine: String) -> Self {
        Self {
            launch,
            engine,
            port: AtomicU16::new(0),
            restarts: AtomicU64::new(0),
            state: watch::Sender::new(State::Up),
            stopped: Notify::new(),
            origin: Context::current(),
            user: Mutex::new(Some(Context::current())),
        }
    }

    /// Whether it is up, once that is decided.
    pub(super) async fn is_up(&self) -> bool {
        let mut state = self.state.subscribe();
        let decided = state.wait_for(|state| *state != State::Recovering).await;
        decided.is_ok_and(|state| *state == State::Up)
    }

    pub(super) fn is_now(&self, state: State) {
        self.state.send_replace(state);
    }

    pub(super) fn now_on(&self, port: u16) {
        self.port.store(port, Ordering::Relaxed);
    }

    pub(super) fn port(&self) -> u16 {
        self.port.load(Ordering::Relaxed)
    }

    /// Counts a restart.
    pub(super) fn restarts(&self) -> u64 {
        self.restarts.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The request this is called in uses it from now on.
    pub(super) fn lend(&self) {
        *self.user.lock().unwrap_or_else(PoisonError::into_inner) = Some(Context::current());
    }

    /// The request this is called in does not use it any more.
    pub(super) fn give_back(&self) {
        let mut user = self.user.lock().unwrap_or_else(PoisonError::into_inner);
        // Another one may have it by now.
        user.take_if(|user| user.is_of(&Context::current()));
    }

    /// Where to tell of it: in the story of the request that uses it, else in
    /// one of its own that names where it comes from.
    pub(super) fn context(&self) -> Context {
        let user = self.user.lock().unwrap_or_else(PoisonError::into_inner).clone();
        user.unwrap_or_else(|| Context::caused_by(&self.origin))
    }

    /// Ends its process.
    pub(super) fn stop(&self) {
        self.stopped.notify_one();
    }

    /// Ready when it shall end.
    pub(super) async fn stopped(&self) {
        self.stopped.notified().await;
    }

    /// As others see it.
    pub(super) fn shown(&self) -> api::Replica {
        api::Replica {
            replica_id: self.launch.replica_id.clone(),
            engine: self.engine.clone(),
            url: format!("http://127.0.0.1:{}", self.port()),
            slots: self.launch.slots,
            restarts: self.restarts.load(Ordering::Relaxed),
        }
    }
}
