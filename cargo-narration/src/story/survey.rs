//! All requests of some logs at once: in go logs, out comes for each correlation id what a caller
//! makes of its events, and the same for the events without one.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use super::Deed;
use crate::logs::{Glimpse, Matcher, Period, Place, Seen, Skimmer, Source, Sources, Trouble, scan};

/// By which id events belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Key {
    /// The correlation id.
    #[default]
    Correlation,
    /// The trace, where services have nothing else.
    Trace,
}

impl Key {
    /// The field that holds it.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Correlation => "correlation_id",
            Self::Trace => "trace_id",
        }
    }

    fn of<'a>(self, event: &Glimpse<'a>) -> Option<&'a str> {
        match self {
            Self::Correlation => event.correlation_id,
            Self::Trace => event.trace_id,
        }
    }
}

/// What was made of all events.
#[derive(Debug)]
pub struct Survey<T> {
    /// By correlation id, or what takes its place.
    pub by_id: HashMap<Arc<str>, T>,
    /// Events without one, by actor and action.
    pub without: HashMap<Deed, Without<T>>,
    /// Lines that are no events.
    pub raw: u64,
    /// Events that were read before, from a copy of a log for instance, and count once.
    pub repeated: u64,
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

/// Something that is made of events, in any order and in parts, the same event perhaps twice.
pub trait Gather: Default + Send {
    /// Takes an event in.
    fn add(&mut self, event: &Glimpse<'_>);
    /// Takes in what was made of other events.
    fn join(&mut self, other: Self);
    /// Adds up when all events are there, each once; says how many were there before.
    fn settle(&mut self) -> u64;
    /// How many events there are, after settling.
    fn count(&self) -> u64;
}

struct Part<T> {
    by_id: HashMap<Arc<str>, T>,
    without: HashMap<String, HashMap<String, Without<T>>>,
    skimmer: Skimmer,
    raw: u64,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        let (by_id, without) = (HashMap::new(), HashMap::new());
        Self { by_id, without, skimmer: Skimmer::default(), raw: 0 }
    }
}

/// Reads every event of a time.
#[must_use]
pub fn survey<T: Gather>(sources: &Sources, period: Period, key: Key) -> Survey<T> {
    let found = &sources.found;
    let prints = foldhash::quality::RandomState::default();
    let read = scan(sources, &Matcher::every(), |place, line, part: &mut Part<T>| {
        let service = found.get(place.source as usize).map_or("log", Source::service);
        let mut skimmer = std::mem::take(&mut part.skimmer);
        skimmer.read(place, service, line, &prints, &mut |seen| part.add(&seen, period, key));
        part.skimmer = skimmer;
    });
    let mut survey = Survey {
        by_id: HashMap::new(),
        without: HashMap::new(),
        raw: 0,
        repeated: 0,
        too_long: read.too_long,
        troubles: sources.troubles.iter().cloned().chain(read.troubles).collect(),
    };
    for part in read.parts {
        survey.join(part);
    }
    survey.settle();
    survey
}

impl<T: Gather> Part<T> {
    fn add(&mut self, seen: &Seen<'_>, period: Period, key: Key) {
        let Seen::Event(event) = seen else {
            self.raw += 1;
            return;
        };
        if !period.has(event.time) {
            return;
        }
        if let Some(id) = key.of(event) {
            match self.by_id.get_mut(id) {
                Some(of) => of.add(event),
                None => self.by_id.entry(Arc::from(id)).or_default().add(event),
            }
        } else {
            let without = self.without(event);
            without.of.add(event);
            without.first.get_or_insert(event.place);
        }
    }

    fn without(&mut self, event: &Glimpse<'_>) -> &mut Without<T> {
        let actions = known(&mut self.without, event.actor);
        known(actions, event.action)
    }
}

/// The value under a name, which is copied only when it is new.
fn known<'a, V: Default>(map: &'a mut HashMap<String, V>, name: &str) -> &'a mut V {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), V::default());
    }
    map.entry(name.to_owned()).or_default()
}

impl<T: Gather> Survey<T> {
    fn join(&mut self, part: Part<T>) {
        self.raw += part.raw;
        for (id, of) in part.by_id {
            self.by_id.entry(id).or_default().join(of);
        }
        for (actor, actions) in part.without {
            for (action, without) in actions {
                let known = self.without.entry((actor.clone(), action)).or_default();
                known.of.join(without.of);
                known.first = known.first.or(without.first);
            }
        }
    }

    fn settle(&mut self) {
        self.repeated += self.by_id.values_mut().map(T::settle).sum::<u64>();
        for without in self.without.values_mut() {
            self.repeated += without.of.settle();
            without.count = without.of.count();
        }
    }
}
