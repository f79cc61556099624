//! What has been recorded already, asked for at every event.
//!
//! In: a callsite, what is handed down to it, and what it shows now. Out: what
//! is new about it. A thread remembers the callsites it met last, so that the
//! common answer, nothing, takes no lock.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tracing_core::Metadata;

use super::facets::{Facets, REACHED};
use super::handed::Handed;

/// As many callsites as a thread remembers; a power of two.
const REMEMBERED: usize = 256;

thread_local! {
    static CACHE: [Cell<Known>; REMEMBERED] = const { [const { Cell::new(Known::NOTHING) }; REMEMBERED] };
}

/// A callsite with what is handed down to it, as one recorder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    site: Site,
    owner: usize,
}

/// A callsite, by an address that never changes, with what is handed down to it.
pub(super) type Site = (usize, Handed);

impl Key {
    /// What is handed down to the callsite.
    pub(super) fn handed(self) -> Handed {
        self.site.1
    }
}

/// What is known of a callsite.
#[derive(Clone, Copy)]
struct Known {
    key: Key,
    facets: Facets,
    /// Whether no event can show anything new.
    complete: bool,
}

impl Known {
    const NOTHING: Self = Self {
        key: Key { site: (0, Handed::NOTHING), owner: 0 },
        facets: Facets::NONE,
        complete: false,
    };
}

/// What one recorder has recorded.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<HashMap<Site, Facets>>);

impl Seen {
    /// Where a callsite is looked for, with what is handed down to it.
    #[inline]
    pub(super) fn key(&self, metadata: &Metadata<'_>, handed: Handed) -> Key {
        let site = (std::ptr::from_ref(metadata).addr(), handed);
        Key { site, owner: std::ptr::from_ref(self).addr() }
    }

    /// Whether this thread knows that nothing about the callsite can be new.
    #[inline]
    pub(super) fn is_complete(key: Key) -> bool {
        cached(key, |known| known.complete)
    }

    /// Whether this thread knows all of this about the callsite.
    #[inline]
    pub(super) fn knows(key: Key, facets: Facets) -> bool {
        cached(key, |known| known.facets.has(facets))
    }

    /// Hands what is new to `record`, and remembers it where that succeeds. `all` is what the
    /// callsite can show, where that is known.
    pub(super) fn note(
        &self,
        key: Key,
        facets: Facets,
        all: Option<Facets>,
        record: impl FnOnce(Facets) -> bool,
    ) {
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |site: Site| sites.get(&site).copied().unwrap_or(Facets::NONE);
        // That it was reached is known of it whatever is handed down.
        let reached = of((key.site.0, Handed::NOTHING)).only(REACHED);
        let before = of(key.site).with(reached);
        let new = facets.without(before);
        if !new.is_empty() && !record(new) {
            return;
        }
        let facets = before.with(facets);
        sites.insert(key.site, facets);
        let complete = all.is_some_and(|all| facets.has(all));
        let _ = CACHE.try_with(|cache| {
            cache.get(slot(key)).map(|cell| cell.set(Known { key, facets, complete }))
        });
    }
}

/// Callsites are statics of some size: their lowest bits say little.
#[inline]
fn slot(key: Key) -> usize {
    let (site, handed) = key.site;
    ((site >> 5) ^ handed.spread()) % REMEMBERED
}

#[inline]
fn cached(key: Key, ask: impl FnOnce(&Known) -> bool) -> bool {
    let of_key = |cell: &Cell<Known>| {
        let known = cell.get();
        known.key == key && ask(&known)
    };
    CACHE.try_with(|cache| cache.get(slot(key)).is_some_and(of_key)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_recorded_again_and_what_failed_is() {
        let seen = Seen::default();
        let key = Key { site: (64, Handed::NOTHING), owner: 1 };
        let mut tries = Vec::new();
        for succeeds in [false, true, true] {
            seen.note(key, REACHED, Some(REACHED), |new| {
                tries.push(new);
                succeeds
            });
        }
        assert_eq!(tries, [REACHED, REACHED]);
        assert!(Seen::knows(key, REACHED) && Seen::is_complete(key));
    }

    #[test]
    fn another_recorder_knows_nothing_of_it() {
        let (one, other) = (Seen::default(), Seen::default());
        let key = |seen: &Seen| Key {
            site: (64, Handed::NOTHING),
            owner: std::ptr::from_ref(seen).addr(),
        };
        one.note(key(&one), REACHED, None, |_| true);
        assert!(Seen::knows(key(&one), REACHED) && !Seen::knows(key(&other), REACHED));
        assert!(!Seen::is_complete(key(&one)));
    }
}
