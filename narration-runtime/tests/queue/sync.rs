//! The model's locks and clock, in the place of the standard library's.
//!
//! In: the calls of the queue. Out: turns of loom, which tries every order of
//! them. Time passes only where somebody pauses.

use std::cell::Cell;
use std::ops::{Add, Deref, DerefMut};
use std::sync::{LockResult, TryLockResult};
use std::time::Duration;

/// A wait shorter than this is a pause, which ends by itself. Who waits longer
/// waits for somebody: in the model for ever, so that a lost wake-up shows.
const PAUSE: Duration = Duration::from_millis(10);

thread_local! {
    /// All threads of a model take turns on one of the system's.
    static NOW: Cell<Duration> = const { Cell::new(Duration::ZERO) };
    static PROCESS: Cell<u32> = const { Cell::new(1) };
}

/// The process of the model.
pub(crate) fn process_id() -> u32 {
    PROCESS.get()
}

/// From now on this is another process, which has nobody's threads.
pub(crate) fn fork() {
    PROCESS.set(PROCESS.get() + 1);
}

/// A moment of the model.
#[derive(Clone, Copy)]
pub(crate) struct Instant(Duration);

impl Instant {
    pub(crate) fn now() -> Self {
        Self(NOW.get())
    }

    pub(crate) fn checked_duration_since(self, earlier: Self) -> Option<Duration> {
        self.0.checked_sub(earlier.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, time: Duration) -> Self {
        Self(self.0 + time)
    }
}

/// loom's, whose guard knows where it comes from.
#[derive(Default)]
pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

pub(crate) struct MutexGuard<'m, T> {
    mutex: &'m Mutex<T>,
    held: loom::sync::MutexGuard<'m, T>,
}

impl<T> Mutex<T> {
    pub(crate) fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        Ok(MutexGuard { mutex: self, held: self.0.lock().unwrap() })
    }

    /// Waits: whoever tries, and does not get it, waits for it then.
    pub(crate) fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        Ok(self.lock().unwrap())
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.held
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.held
    }
}

/// loom's, with pauses that end.
pub(crate) struct Condvar(loom::sync::Condvar);

impl Condvar {
    pub(crate) fn new() -> Self {
        Self(loom::sync::Condvar::new())
    }

    pub(crate) fn wait<'m, T>(&self, guard: MutexGuard<'m, T>) -> LockResult<MutexGuard<'m, T>> {
        let MutexGuard { mutex, held } = guard;
        Ok(MutexGuard { mutex, held: self.0.wait(held).unwrap() })
    }

    pub(crate) fn wait_timeout<'m, T>(
        &self,
        guard: MutexGuard<'m, T>,
        time: Duration,
    ) -> LockResult<(MutexGuard<'m, T>, ())> {
        if time >= PAUSE {
            return Ok((self.wait(guard).unwrap(), ()));
        }
        let mutex = guard.mutex;
        drop(guard);
        // Whatever others do meanwhile, they do before, now or after.
        loom::thread::yield_now();
        NOW.set(NOW.get() + time + Duration::from_nanos(1));
        Ok((mutex.lock().unwrap(), ()))
    }

    pub(crate) fn notify_one(&self) {
        self.0.notify_one();
    }

    pub(crate) fn notify_all(&self) {
        self.0.notify_all();
    }
}
