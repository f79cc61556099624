//! Who else has the file open.
//!
//! In: an open file. Out: a shared lock on it for as long as it is open, and
//! the exclusive one for a moment. Locks are advice among our own processes;
//! where a system has none, nobody ever counts as alone.

use std::fs::File;

#[cfg(unix)]
use rustix::fs::{FlockOperation, flock};

/// Lets others know that the file is in use.
#[cfg(unix)]
pub(super) fn share(file: &File) {
    // Without the lock nobody else may know; then nobody may take a torn line away, either.
    let _ = flock(file, FlockOperation::NonBlockingLockShared);
}

/// Does something while nobody else has the file open; nothing where somebody has.
/// The caller shares the file again afterwards.
#[cfg(unix)]
pub(super) fn alone<R>(file: &File, act: impl FnOnce() -> R) -> Option<R> {
    flock(file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(act())
}

/// Does nothing.
#[cfg(not(unix))]
pub(super) fn share(_: &File) {}

/// Nobody can tell.
#[cfg(not(unix))]
pub(super) fn alone<R>(_: &File, _: impl FnOnce() -> R) -> Option<R> {
    None
}
