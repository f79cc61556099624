//! Loaded vocabularies, kept as long as they are right.
//!
//! In: what [`load`](crate::load::load) takes. Out: its answer, from memory
//! while every file it depends on has the same time and length, and every
//! file that was missing is missing still. One process may serve many crates
//! for days, as rust-analyzer does; faults are kept too.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::files::Stamp;
use crate::load::{Loaded, load_stamped};

/// So many crates are kept; beyond it the one unused the longest goes.
const MAX_ENTRIES: usize = 64;

/// Loaded vocabularies by crate.
#[derive(Debug)]
pub struct Cache {
    entries: Mutex<Option<Entries>>,
}

#[derive(Debug, Default)]
struct Entries {
    by_crate: HashMap<Key, Entry>,
    /// Counts the answers given, to tell which entry is unused the longest.
    clock: u64,
}

/// A crate's folder and the value of `NARRATION_TAXONOMY`.
type Key = (PathBuf, Option<OsString>);

#[derive(Debug)]
struct Entry {
    loaded: Arc<Loaded>,
    stamps: Vec<(PathBuf, Stamp)>,
    used: u64,
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

impl Cache {
    /// An empty cache; fit for a `static`.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Mutex::new(None) }
    }

    /// The vocabulary of the crate in `manifest_dir`, as it is now.
    #[must_use]
    pub fn load(&self, manifest_dir: &Path, env: Option<&OsStr>) -> Arc<Loaded> {
        // A panic elsewhere leaves at worst an entry less.
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = entries.get_or_insert_default();
        entries.clock += 1;
        let used = entries.clock;
        let key = (manifest_dir.to_owned(), env.map(OsStr::to_owned));
        if let Some(entry) = entries.by_crate.get_mut(&key).filter(|entry| entry.is_right()) {
            entry.used = used;
            return Arc::clone(&entry.loaded);
        }
        let (loaded, stamps) = load_stamped(manifest_dir, env);
        let loaded = Arc::new(loaded);
        entries.by_crate.insert(key, Entry { loaded: Arc::clone(&loaded), stamps, used });
        entries.shrink();
        loaded
    }
}

impl Entries {
    fn shrink(&mut self) {
        while self.by_crate.len() > MAX_ENTRIES {
            let oldest = self.by_crate.iter().min_by_key(|(_, entry)| entry.used);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
            self.by_crate.remove(&key);
        }
    }
}

impl Entry {
    fn is_right(&self) -> bool {
        self.stamps.iter().all(|(path, stamp)| Stamp::of(path) == *stamp)
    }
}

#[cfg(test)]
mod tests;
