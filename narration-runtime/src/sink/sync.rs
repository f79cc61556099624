//! What the queue is locked and timed by.
//!
//! In: nothing. Out: the standard library's own. `tests/queue` puts its model
//! in this place, in which every order of events is tried.

pub(super) use std::process::id as process_id;
pub(super) use std::sync::{Condvar, Mutex, MutexGuard};
pub(super) use std::time::Instant;
