//! All requests of some logs at once: in go logs, out comes for each correlation id what a caller
//! makes of its events, and the same for the events without one.

use std::collections::HashMap;
use std::sync::Arc;

use crate::logs::{Entry, Matcher, Nanos, Place, Source, Sources, Trouble, read_line, scan};

/// What was made of all events.
#[derive(Debug)]
pub struct Survey<T> {
    /// By correlation id.
    pub by_id: HashMap<Arc<str>, T>,
    /// Events without one, by actor and action.
    pub without: HashMap<(String, String), Without<T>>,
    /// Lines that are no events.
    pub raw: u64,
    /// Lines that were too long to look into.
    pub too_long: u64,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// Events without a correlation id.
#[derive(Debug, Default)]
pub struct Without<T> {
    /// What was made of them.
    pub of: T,
    /// How many there are.
    pub count: u64,
    /// Where the first of them is.
    pub first: Option<Place>,
}

/// Something that is made of events, in any order and in parts.
pub trait Gather: Default + Send {
    /// Takes an event in.
    fn add(&mut self, entry: &Entry);
    /// Takes in what was made of other events.
    fn join(&mut self, other: Self);
}

struct Part<T> {
    by_id: HashMap<Arc<str>, T>,
    without: HashMap<(String, String), Without<T>>,
    entries: Vec<Entry>,
    raw: u64,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { by_id: HashMap::new(), without: HashMap::new(), entries: Vec::new(), raw: 0 }
    }
}

/// Reads every event from `since` on.
#[must_use]
pub fn survey<T: Gather>(sources: &Sources, since: Option<Nanos>) -> Survey<T> {
    let found = &sources.found;
    let read = scan(sources, &Matcher::every(), |place, line, part: &mut Part<T>| {
        let service = found.get(place.source as usize).map_or("log", Source::service);
        let mut entries = std::mem::take(&mut part.entries);
        read_line(place, service, line, &mut entries);
        for entry in entries.drain(..) {
            part.add(&entry, since);
        }
        part.entries = entries;
    });
    let mut survey = Survey {
        by_id: HashMap::new(),
        without: HashMap::new(),
        raw: 0,
        too_long: read.too_long,
        troubles: sources.troubles.iter().cloned().chain(read.troubles).collect(),
    };
    for part in read.parts {
        survey.join(part);
    }
    survey
}

impl<T: Gather> Part<T> {
    fn add(&mut self, entry: &Entry, since: Option<Nanos>) {
        if entry.shape == crate::logs::Shape::Raw {
            self.raw += 1;
        } else if since.is_some_and(|since| entry.time.is_some_and(|time| time < since)) {
        } else if let Some(id) = entry.correlation_id() {
            match self.by_id.get_mut(id) {
                Some(of) => of.add(entry),
                None => self.by_id.entry(Arc::from(id)).or_default().add(entry),
            }
        } else {
            let deed = (entry.actor.clone(), entry.action.clone());
            let without = self.without.entry(deed).or_default();
            without.of.add(entry);
            without.count += 1;
            without.first.get_or_insert(entry.place);
        }
    }
}

impl<T: Gather> Survey<T> {
    fn join(&mut self, part: Part<T>) {
        self.raw += part.raw;
        for (id, of) in part.by_id {
            self.by_id.entry(id).or_default().join(of);
        }
        for (deed, without) in part.without {
            let known = self.without.entry(deed).or_default();
            known.of.join(without.of);
            known.count += without.count;
            known.first = known.first.or(without.first);
        }
    }
}
