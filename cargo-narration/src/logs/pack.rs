//! Events in little memory: in go entries, out come the same as [`Event`]s, many of them in one
//! piece of memory.
//!
//! A story may have a million events, read by several threads at once. A piece of memory for each
//! of them would cost as much again for keeping account of the pieces.

use std::collections::HashSet;
use std::sync::Arc;

use narration_record::{Level, Value};

use super::bytes::put;
use super::event::{Event, Site};
use super::{Entry, Nanos, Place, Shape};

/// No event begins further into a page, in bytes: large beside what it costs to have a page, small
/// beside a story.
const PAGE: usize = 16 << 10;

/// The events that were read so far.
#[derive(Debug, Default)]
pub struct Pack {
    /// What events have in common is held once.
    known: HashSet<Arc<Site>>,
    /// The page that is being filled, and what stands on it.
    page: Vec<u8>,
    marks: Vec<Mark>,
    events: Vec<Event>,
    /// The event that is being written.
    body: Vec<u8>,
}

/// An event that stands on the page.
#[derive(Debug)]
struct Mark {
    site: Arc<Site>,
    at: u32,
    level: Level,
    shape: Shape,
}

impl Mark {
    fn on(self, page: &Arc<Box<[u8]>>) -> Event {
        let Self { site, at, level, shape } = self;
        Event { page: Arc::clone(page), site, at, level, shape }
    }
}

impl Pack {
    /// Adds an entry to the events.
    pub fn add(&mut self, entry: Entry) {
        if self.page.len() >= PAGE {
            self.turn();
            self.page.reserve_exact(PAGE + PAGE / 8);
        }
        let mark = self.write(entry);
        self.marks.push(mark);
    }

    /// Makes an event of an entry that belongs to no others: it has a page of its own.
    pub fn hold(&mut self, entry: Entry) -> Event {
        self.turn();
        let mark = self.write(entry);
        mark.on(&self.page())
    }

    /// How many were added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.events.len() + self.marks.len()
    }

    /// The events that were added, in that order.
    #[must_use]
    pub fn into_events(mut self) -> Vec<Event> {
        self.turn();
        self.events
    }

    /// Ends the page.
    fn turn(&mut self) {
        if !self.marks.is_empty() {
            let page = self.page();
            self.events.extend(self.marks.drain(..).map(|mark| mark.on(&page)));
        }
    }

    fn page(&mut self) -> Arc<Box<[u8]>> {
        Arc::new(std::mem::take(&mut self.page).into_boxed_slice())
    }

    fn write(&mut self, entry: Entry) -> Mark {
        let Entry { place, time, level, actor, action, target, human, fields, shape } = entry;
        self.body.clear();
        if let Some(target) = &target {
            put::text(&mut self.body, target);
        }
        put::text(&mut self.body, &human);
        let mut names = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            put::value(&mut self.body, &value);
            names.push(name);
        }
        let names = names.into_boxed_slice();
        let site = self.known(Site { actor, action, names, has_target: target.is_some() });
        let at = self.page.len() as u32;
        head(&mut self.page, place, time);
        put::number(&mut self.page, self.body.len() as u64);
        self.page.extend_from_slice(&self.body);
        Mark { site, at, level, shape }
    }

    fn known(&mut self, site: Site) -> Arc<Site> {
        if let Some(known) = self.known.get(&site) {
            return Arc::clone(known);
        }
        let site = Arc::new(site);
        self.known.insert(Arc::clone(&site));
        site
    }
}

/// Where it stands and when it happened, as [`Event`] reads it.
fn head(page: &mut Vec<u8>, place: Place, time: Option<Nanos>) {
    put::number(page, u64::from(place.source));
    put::number(page, place.offset);
    put::number(page, u64::from(place.item));
    put::value(page, &time.map_or(Value::Bool(false), Value::I64));
}
