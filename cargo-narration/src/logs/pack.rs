//! Events in little memory: in go entries, out come the same as [`Event`]s, many of them in one
//! piece of memory.
//!
//! A story may have a million events, read by several threads at once. A piece of memory for each
//! of them would cost as much again for keeping account of the pieces.

use std::collections::HashMap;
use std::sync::Arc;

use narration_record::Value;

use super::bytes::{Reader, put};
use super::event::{Event, Head, Site};
use super::{Entry, Nanos, Place};

/// No event begins further into a page, in bytes: large beside what it costs to have a page, small
/// beside a story.
const PAGE: usize = 16 << 10;

/// The events that were read so far.
#[derive(Debug, Default)]
pub struct Pack {
    /// What events have in common is held once, by its number.
    sites: Vec<Arc<Site>>,
    numbers: HashMap<Arc<Site>, usize>,
    full: Vec<Box<[u8]>>,
    /// The page that is being filled.
    page: Vec<u8>,
    /// What the event that is being written says.
    body: Vec<u8>,
    count: usize,
}

impl Pack {
    /// Adds an entry to the events.
    pub fn add(&mut self, entry: Entry) {
        if self.page.len() >= PAGE {
            self.turn();
            self.page.reserve_exact(PAGE + PAGE / 8);
        }
        self.write(entry);
        self.count += 1;
    }

    /// Makes an event of an entry that belongs to no others: it has a page of its own.
    pub fn hold(&mut self, entry: Entry) -> Event {
        self.turn();
        let site = self.write(entry);
        Event { site, at: 0, page: Arc::new(std::mem::take(&mut self.page).into_boxed_slice()) }
    }

    /// How many were added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Appends the events that were added, in that order, to others.
    pub fn append_to(mut self, events: &mut Vec<Event>) {
        self.turn();
        for page in self.full {
            let page = Arc::new(page);
            let mut rest = Reader::of(&page);
            while !rest.rest().is_empty() {
                let at = (page.len() - rest.rest().len()) as u32;
                let Head { site, .. } = Head::read(&mut rest);
                rest.bytes();
                if let Some(site) = self.sites.get(site) {
                    events.push(Event { site: Arc::clone(site), at, page: Arc::clone(&page) });
                }
            }
        }
    }

    /// Ends the page.
    fn turn(&mut self) {
        if !self.page.is_empty() {
            self.full.push(std::mem::take(&mut self.page).into_boxed_slice());
        }
    }

    fn write(&mut self, entry: Entry) -> Arc<Site> {
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
        let (names, has_target) = (names.into_boxed_slice(), target.is_some());
        let (site, number) = self.known(Site { level, shape, actor, action, names, has_target });
        head(&mut self.page, number, place, time);
        put::number(&mut self.page, self.body.len() as u64);
        self.page.extend_from_slice(&self.body);
        site
    }

    fn known(&mut self, site: Site) -> (Arc<Site>, usize) {
        if let Some((known, number)) = self.numbers.get_key_value(&site) {
            return (Arc::clone(known), *number);
        }
        let (site, number) = (Arc::new(site), self.sites.len());
        self.sites.push(Arc::clone(&site));
        self.numbers.insert(Arc::clone(&site), number);
        (site, number)
    }
}

/// What stands before an event, as [`Head`] reads it.
fn head(page: &mut Vec<u8>, site: usize, place: Place, time: Option<Nanos>) {
    put::number(page, site as u64);
    put::number(page, u64::from(place.source));
    put::number(page, place.offset);
    put::number(page, u64::from(place.item));
    put::value(page, &time.map_or(Value::Bool(false), Value::I64));
}
