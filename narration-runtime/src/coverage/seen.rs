//! What has been recorded already, asked for at every event.
//!
//! In: a callsite and what it shows now. Out: what is new about it. A thread
//! remembers the callsites it met last, so that the common answer, nothing,
//! takes no lock.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::facets::Facets;

/// As many callsites as a thread remembers; a power of two.
const REMEMBERED: usize = 256;

thread_local! {
    static CACHE: [Cell<(Key, Facets)>; REMEMBERED] =
        const { [const { Cell::new((Key { site: 0, owner: 0 }, Facets::NONE)) }; REMEMBERED] };
}

/// A callsite, as one recorder sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    site: usize,
    owner: usize,
}

/// What one recorder has recorded.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<HashMap<usize, Facets>>);

impl Seen {
    /// Hands what is new to `record`, and remembers it where that succeeds.
    /// `site` is an address that never changes.
    pub(super) fn note(&self, site: usize, facets: Facets, record: impl FnOnce(Facets) -> bool) {
        let key = Key { site, owner: std::ptr::from_ref(self).addr() };
        // Callsites are statics of some size: their lowest bits say little.
        let slot = (site >> 5) % REMEMBERED;
        let known = |cell: &Cell<(Key, Facets)>| {
            let (of, known) = cell.get();
            of == key && known.has(facets)
        };
        if CACHE.try_with(|cache| cache.get(slot).is_some_and(known)).unwrap_or(false) {
            return;
        }
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = sites.get(&site).copied().unwrap_or(Facets::NONE);
        let new = facets.without(before);
        if !new.is_empty() && !record(new) {
            return;
        }
        let all = before.with(facets);
        sites.insert(site, all);
        let _ = CACHE.try_with(|cache| cache.get(slot).map(|cell| cell.set((key, all))));
    }
}

#[cfg(test)]
mod tests {
    use super::super::facets::REACHED;
    use super::*;

    #[test]
    fn what_is_known_is_not_recorded_again_and_what_failed_is() {
        let seen = Seen::default();
        let mut tries = Vec::new();
        for succeeds in [false, true, true] {
            seen.note(64, REACHED, |new| {
                tries.push(new);
                succeeds
            });
        }
        assert_eq!(tries, [REACHED, REACHED]);
    }

    #[test]
    fn two_recorders_do_not_share_what_they_know() {
        let (one, other) = (Seen::default(), Seen::default());
        let mut recorded = 0;
        for seen in [&one, &other, &one] {
            seen.note(64, REACHED, |_| {
                recorded += 1;
                true
            });
        }
        assert_eq!(recorded, 2);
    }
}
