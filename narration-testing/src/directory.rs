//! Which capture a correlation id belongs to, and what belongs to none.
//!
//! In: ids that captures adopt, and lines nobody else claims. Out: the one
//! capture a line belongs to. What belongs to nobody, or to several, is kept
//! among the strays: a later adoption may call it home, and a failing assertion
//! names what looks like the narration it misses.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use narration_record::Value;
use tracing_subscriber::filter::Targets;

use crate::event::Event;
use crate::line;
use crate::recording::{Recording, Site};

/// The most strays kept; older ones are counted and dropped.
const KEPT: usize = 1024;

static DIRECTORY: LazyLock<Mutex<Directory>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Directory {
    /// The captures that adopted an id. Mostly one; several where tests share an id.
    homes: HashMap<String, Vec<Arc<Recording>>>,
    strays: VecDeque<Stray>,
    /// How many strays there were ever.
    seen: u64,
}

/// A line without a capture.
struct Stray {
    number: u64,
    line: String,
    site: Site,
}

fn directory() -> MutexGuard<'static, Directory> {
    DIRECTORY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many strays there were so far.
pub(crate) fn strays_so_far() -> u64 {
    directory().seen
}

/// The one capture an id belongs to.
pub(crate) fn home(id: &str) -> Option<Arc<Recording>> {
    directory().home(id)
}

/// Gives a line to the capture its correlation id belongs to; else it is a stray.
pub(crate) fn route(line: &str, site: Site) {
    let mut directory = directory();
    match line::correlation_id(line).and_then(|id| directory.home(id)) {
        Some(home) => {
            drop(directory);
            home.push(line, site);
        }
        None => directory.stray(line, site),
    }
}

/// Gives a line that another process wrote to the capture its correlation id belongs to; else it
/// is a stray. It may be older than what is there already.
pub(crate) fn deliver(line: &str) {
    let record = narration_record::read(line).ok();
    let id = record.as_ref().and_then(|record| record.field("correlation_id"));
    let mut directory = directory();
    match id.and_then(Value::as_str).and_then(|id| directory.home(id)) {
        Some(home) => {
            drop(directory);
            home.insert([(line, Site::default())]);
        }
        None => directory.stray(line, Site::default()),
    }
}

/// Makes an id the capture's, and calls home what strayed with it since the capture began.
pub(crate) fn adopt(recording: &Arc<Recording>, id: &str) {
    if !recording.adopt(id) {
        return;
    }
    let mut directory = directory();
    directory.homes.entry(id.to_owned()).or_default().push(Arc::clone(recording));
    let Some(home) = directory.home(id) else { return };
    let called = directory.call(id, home.since);
    drop(directory);
    if !called.is_empty() {
        home.insert(called.iter().map(|stray| (stray.line.as_str(), stray.site)));
    }
}

/// Ends a capture.
pub(crate) fn leave(recording: &Arc<Recording>) {
    let ids = recording.end();
    if ids.is_empty() {
        return;
    }
    let mut directory = directory();
    for id in ids {
        if let Some(homes) = directory.homes.get_mut(&id) {
            homes.retain(|home| !Arc::ptr_eq(home, recording));
            if homes.is_empty() {
                directory.homes.remove(&id);
            }
        }
    }
}

/// What strayed since a capture began, and how many of them are not kept any more.
pub(crate) fn strays(since: u64) -> (Vec<Event>, u64) {
    let directory = directory();
    let lost = directory.strays.front().map_or(0, |oldest| oldest.number.saturating_sub(since));
    let everything = Targets::new().with_default(tracing_core::LevelFilter::TRACE);
    let late = directory.strays.iter().filter(|stray| stray.number >= since);
    let events = late.filter_map(|stray| Event::read(&stray.line, stray.site, &everything).ok());
    (events.collect(), lost)
}

/// How many live captures share an id.
pub(crate) fn sharers(id: &str) -> usize {
    directory().homes.get(id).map_or(0, |homes| homes.iter().filter(|one| one.is_live()).count())
}

impl Directory {
    /// The only capture that adopted an id, or the innermost of captures that lie in each other.
    fn home(&self, id: &str) -> Option<Arc<Recording>> {
        let mut live = self.homes.get(id)?.iter().filter(|home| home.is_live());
        let mut innermost = live.next()?;
        for home in live {
            if home.is_within(innermost) {
                innermost = home;
            } else if !innermost.is_within(home) {
                return None;
            }
        }
        Some(Arc::clone(innermost))
    }

    fn stray(&mut self, line: &str, site: Site) {
        let number = self.seen;
        self.seen += 1;
        self.strays.push_back(Stray { number, line: line.to_owned(), site });
        if self.strays.len() > KEPT {
            self.strays.pop_front();
        }
    }

    /// Takes out what strayed with an id.
    fn call(&mut self, id: &str, since: u64) -> Vec<Stray> {
        let mine =
            |stray: &Stray| stray.number >= since && line::correlation_id(&stray.line) == Some(id);
        if !self.strays.iter().any(mine) {
            return Vec::new();
        }
        let (called, strays) = self.strays.drain(..).partition(mine);
        self.strays = strays;
        Vec::from(called)
    }
}
