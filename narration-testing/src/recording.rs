//! What was told, in the order it was told.
//!
//! In: lines, from any thread. Out: events. A line is kept as it is and read
//! when somebody asks, so that hearing costs the service little.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use narration_taxonomy::Taxonomy;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use tracing_core::Metadata;
use tracing_subscriber::filter::{LevelFilter, Targets};

use crate::event::{Event, OtherLine};
#[cfg(feature = "story-snapshots")]
use crate::strand::Strands;

/// Where a line was told; nothing is known of a line that was read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Site {
    /// The place in the program.
    pub(crate) metadata: Option<&'static Metadata<'static>>,
    /// The strand of work.
    #[cfg(feature = "story-snapshots")]
    pub(crate) strands: Option<Strands>,
}

impl Site {
    /// Where an event is told here and now.
    pub(crate) fn of(metadata: &'static Metadata<'static>) -> Self {
        Self {
            metadata: Some(metadata),
            #[cfg(feature = "story-snapshots")]
            strands: None,
        }
    }
}

/// What one capture heard, or one log says.
pub(crate) struct Recording {
    /// The capture around this one: it hears all that this one does.
    parent: Option<Arc<Self>>,
    /// Whether it was begun inside of a scope, which it then is a part of.
    in_scope: bool,
    /// Whether it still hears.
    live: AtomicBool,
    /// How many strays there were when it began, see [`directory`](crate::directory).
    pub(crate) since: u64,
    tape: Mutex<Tape>,
    /// How many wait for more: mostly nobody, and then nobody has to be woken.
    waiting: AtomicUsize,
    /// Wakes tasks when there is more.
    more: Notify,
    /// Wakes threads when there is more.
    arrived: Condvar,
}

/// Somebody who waits for more; until it is dropped.
pub(crate) struct Waiting<'r>(&'r Recording);

impl Waiting<'_> {
    /// Told when there is more, from the moment it is enabled.
    pub(crate) fn more(&self) -> Notified<'_> {
        self.0.more.notified()
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lines, and what was read of them.
#[derive(Default)]
struct Tape {
    pending: String,
    /// The end of each pending line, and its site.
    marks: Vec<(usize, Site)>,
    events: Vec<Event>,
    others: Vec<OtherLine>,
    /// Whether lines came in that may be older than those before them.
    unordered: bool,
    ids: HashSet<String>,
    /// The id that was taken last.
    last_id: String,
    filter: Targets,
    vocabulary: Option<Arc<Taxonomy>>,
}

impl Recording {
    /// A recording that hears until [`Recording::end`].
    pub(crate) fn new(parent: Option<Arc<Self>>, in_scope: bool, since: u64) -> Arc<Self> {
        let (filter, vocabulary) = match &parent {
            Some(parent) => {
                let tape = parent.tape();
                (tape.filter.clone(), tape.vocabulary.clone())
            }
            None => (Targets::new().with_default(LevelFilter::INFO), None),
        };
        Arc::new(Self {
            parent,
            in_scope,
            live: AtomicBool::new(true),
            since,
            tape: Mutex::new(Tape { filter, vocabulary, ..Tape::default() }),
            waiting: AtomicUsize::new(0),
            more: Notify::new(),
            arrived: Condvar::new(),
        })
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        // A thread that unwound while it pushed left whole lines behind.
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was begun inside of a scope.
    pub(crate) fn is_in_scope(&self) -> bool {
        self.in_scope
    }

    /// Whether it still hears.
    pub(crate) fn is_live(&self) -> bool {
        self.live.load(Ordering::Acquire)
    }

    /// Hears no more, and gives the ids it had adopted.
    pub(crate) fn end(&self) -> HashSet<String> {
        self.live.store(false, Ordering::Release);
        let mut tape = self.tape();
        tape.last_id.clear();
        std::mem::take(&mut tape.ids)
    }

    /// This one, or the nearest one around it that still hears.
    pub(crate) fn nearest_live(self: &Arc<Self>) -> Option<Arc<Self>> {
        let mut this = Some(self);
        while let Some(recording) = this {
            if recording.is_live() {
                return Some(Arc::clone(recording));
            }
            this = recording.parent.as_ref();
        }
        None
    }

    /// Whether this is a capture inside of the other, or the same.
    pub(crate) fn is_within(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        let mut this = Some(self);
        while let Some(recording) = this {
            if Arc::ptr_eq(recording, other) {
                return true;
            }
            this = recording.parent.as_ref();
        }
        false
    }

    /// Keeps a line, here and in every capture around this one.
    pub(crate) fn push(&self, line: &str, site: Site) {
        let mut this = Some(self);
        while let Some(recording) = this {
            if recording.is_live() {
                recording.keep(line, site);
            }
            this = recording.parent.as_deref();
        }
    }

    fn keep(&self, line: &str, site: Site) {
        let mut tape = self.tape();
        tape.pending.push_str(line);
        let end = tape.pending.len();
        tape.marks.push((end, site));
        drop(tape);
        self.wake();
    }

    /// Keeps lines that may be older than what is here already; sorted in by their time.
    pub(crate) fn insert<'l>(&self, lines: impl IntoIterator<Item = (&'l str, Site)>) {
        let mut this = Some(self);
        let lines: Vec<_> = lines.into_iter().collect();
        while let Some(recording) = this {
            let mut tape = recording.tape();
            for (line, site) in &lines {
                tape.pending.push_str(line);
                let end = tape.pending.len();
                tape.marks.push((end, *site));
                tape.unordered = true;
            }
            drop(tape);
            recording.wake();
            this = recording.parent.as_deref();
        }
    }

    /// Who waits says so before it looks; a line is here before anybody is asked for. So one of
    /// both sees the other.
    fn wake(&self) {
        if self.waiting.load(Ordering::SeqCst) > 0 {
            self.more.notify_waiters();
            self.arrived.notify_all();
        }
    }

    /// Begins to wait.
    pub(crate) fn waiting(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        Waiting(self)
    }

    /// Takes an id as its own; false where it was already.
    pub(crate) fn adopt(&self, id: &str) -> bool {
        let mut tape = self.tape();
        // Mostly the one of the narration before.
        if tape.last_id == id {
            return false;
        }
        id.clone_into(&mut tape.last_id);
        !tape.ids.contains(id) && tape.ids.insert(id.to_owned())
    }

    /// Reads what came in, and looks at all of it.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&[Event], &[OtherLine]) -> T) -> T {
        let mut tape = self.tape();
        tape.catch_up();
        look(&tape.events, &tape.others)
    }

    /// Everything that was told so far.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.read(|events, _| events.to_vec())
    }

    /// Waits for one more line, or until the time is over.
    pub(crate) fn wait(&self, before: usize, most: Duration) {
        let _waiting = self.waiting();
        let tape = self.tape();
        let waits =
            |tape: &mut Tape| tape.events.len() + tape.others.len() + tape.marks.len() <= before;
        drop(self.arrived.wait_timeout_while(tape, most, waits));
    }

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        let tape = self.tape();
        tape.events.len() + tape.others.len() + tape.marks.len()
    }

    /// What production lets through, from now on and of what was told.
    pub(crate) fn refilter(&self, filter: Targets) {
        let mut tape = self.tape();
        tape.catch_up();
        tape.events.iter_mut().for_each(|event| event.refilter(&filter));
        tape.filter = filter;
    }

    /// The vocabulary its names are checked against, where one was given.
    pub(crate) fn vocabulary(&self) -> Option<Arc<Taxonomy>> {
        self.tape().vocabulary.clone()
    }

    /// Gives it a vocabulary.
    pub(crate) fn set_vocabulary(&self, vocabulary: Taxonomy) {
        self.tape().vocabulary = Some(Arc::new(vocabulary));
    }
}

impl Tape {
    fn catch_up(&mut self) {
        let mut start = 0;
        for (end, site) in self.marks.drain(..) {
            let line = self.pending.get(start..end).unwrap_or_default();
            match Event::read(line, site, &self.filter) {
                Ok(event) => self.events.push(event),
                Err(other) => self.others.push(other),
            }
            start = end;
        }
        self.pending.clear();
        if std::mem::take(&mut self.unordered) {
            self.events.sort_by_key(|event| event.timestamp);
        }
    }
}
