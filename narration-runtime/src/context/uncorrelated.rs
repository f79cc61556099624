//! Narrations that lost their context.
//!
//! In: narrations without a correlation id, in a process that knows contexts.
//! Out: how many each place in the source has told.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::emit::Origin;

/// Whether this process has had a context at all: without one, nothing can be lost.
static KNOWN: AtomicBool = AtomicBool::new(false);

/// The places by the address of their metadata.
static PLACES: Mutex<Option<HashMap<usize, Uncorrelated>>> = Mutex::new(None);

/// A place in the source that narrates without a correlation id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uncorrelated {
    /// The actor.
    pub actor: &'static str,
    /// The action.
    pub action: &'static str,
    /// The source file and the line, counted from 1; nothing for a narration put together at run time.
    pub place: Option<(&'static str, u32)>,
    /// How often it was told without an id.
    pub times: u64,
}

/// The places that have narrated without a correlation id since this process had its first
/// context, the most frequent first. It takes one of our layers, in any format but `story`, to
/// see them.
///
/// Work that belongs to no request is rightly here. Where a request's work is here, it went to
/// another task or thread without its span: see [`in_context`](crate::in_context).
#[must_use]
pub fn uncorrelated() -> Vec<Uncorrelated> {
    let places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all: Vec<_> = places.iter().flat_map(HashMap::values).cloned().collect();
    all.sort_by(|a, b| b.times.cmp(&a.times).then(a.place.cmp(&b.place)));
    all
}

/// Notes that there are contexts in this process.
pub(super) fn known() {
    // Written once, so that threads do not take the line from one another.
    if !KNOWN.load(Ordering::Relaxed) {
        KNOWN.store(true, Ordering::Relaxed);
    }
}

/// Counts a narration without an id.
#[cold]
pub(crate) fn count(origin: &'static Origin) {
    if !KNOWN.load(Ordering::Relaxed) {
        return;
    }
    let mut places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    let key = std::ptr::from_ref(origin.metadata).addr();
    let place = places.get_or_insert_default().entry(key).or_insert_with(|| Uncorrelated {
        actor: origin.actor,
        action: origin.action,
        place: origin.metadata.file().zip(origin.metadata.line()),
        times: 0,
    });
    place.times += 1;
}
