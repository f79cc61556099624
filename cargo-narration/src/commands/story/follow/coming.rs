//! Where steps come from while a story is followed: in go logs or a database, and what is known
//! of the story, out come entries that may belong to it.

use std::collections::BTreeSet;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::clickhouse;
use crate::commands::origin::Opened;
use crate::logs::{Entry, Followed, Nanos, Source, Sources, Stop, read_line};

pub(super) use crate::logs::Trouble;

/// Steps that arrive within this time of each other are put in order.
const TOGETHER: Duration = Duration::from_millis(100);

/// Looked at so often even if nobody says that something changed: some file systems never do.
const AT_LEAST: Duration = Duration::from_millis(250);

/// A database is asked so often.
const ASKED: Duration = Duration::from_secs(1);

/// What is known of the story that is followed.
pub(super) struct Known<'a> {
    pub(super) asked: &'a str,
    pub(super) ids: &'a BTreeSet<String>,
    pub(super) traces: &'a BTreeSet<String>,
    /// The time of its latest step.
    pub(super) latest: Option<Nanos>,
}

/// Where steps come from.
pub(super) enum Coming<'a> {
    Lines(Lines),
    Rows(Rows<'a>),
}

/// Lines of logs that are still written.
pub(super) struct Lines {
    logs: Followed,
    changed: Receiver<()>,
    /// Without somebody who could tell, waiting would not take any time.
    _tell: Sender<()>,
    _watcher: Option<RecommendedWatcher>,
}

/// Rows of a database.
pub(super) struct Rows<'a> {
    rows: clickhouse::Coming<'a>,
    address: &'a clickhouse::Address,
    /// When it was begun to be followed; before the first step there is no other time.
    began: Nanos,
    /// Since when it gives no answer.
    away: Option<Instant>,
}

impl<'a> Coming<'a> {
    pub(super) fn of(opened: &'a Opened, sources: &Sources) -> Self {
        match opened {
            Opened::Files(_) => {
                let (tell, changed) = channel();
                let watcher = watch(sources, tell.clone());
                let logs = Followed::new(sources);
                Self::Lines(Lines { logs, changed, _tell: tell, _watcher: watcher })
            }
            Opened::Database(table, _) => Self::Rows(Rows {
                rows: clickhouse::Coming::new(table),
                address: table.address(),
                began: Nanos::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(0),
                away: None,
            }),
        }
    }

    /// What came since it was asked the last time; rows may come again. A database that is away
    /// for longer than it may be silent ends it.
    pub(super) fn read(
        &mut self,
        sources: &Sources,
        known: &Known<'_>,
    ) -> io::Result<Result<Vec<Entry>, Trouble>> {
        let mut entries = Vec::new();
        match self {
            Self::Lines(lines) => lines.logs.read(|place, line| {
                let source = sources.found.get(place.source as usize);
                read_line(place, source.map_or("log", Source::service), line, &mut entries);
            })?,
            Self::Rows(rows) => match rows.read(sources, known) {
                Ok(read) => entries = read,
                Err(trouble) => return Ok(Err(trouble)),
            },
        }
        Ok(Ok(entries))
    }

    /// Waits until there may be more.
    pub(super) fn wait(&self, stop: &Stop) {
        match self {
            Self::Lines(lines) => {
                let _ = lines.changed.recv_timeout(AT_LEAST);
            }
            Self::Rows(_) => {
                let until = Instant::now() + ASKED;
                while !stop.is_set() && Instant::now() < until {
                    std::thread::sleep(TOGETHER);
                }
            }
        }
    }

    /// Waits for what belongs together.
    pub(super) fn settle(&self) {
        if let Self::Lines(lines) = self {
            let _ = lines.changed.recv_timeout(TOGETHER);
        }
    }
}

impl Rows<'_> {
    fn read(&mut self, sources: &Sources, known: &Known<'_>) -> Result<Vec<Entry>, Trouble> {
        let ids: BTreeSet<&str> =
            known.ids.iter().map(String::as_str).chain([known.asked]).collect();
        let ids: Vec<&str> = ids.into_iter().collect();
        let traces: Vec<&str> = known.traces.iter().map(String::as_str).collect();
        let service = sources.found.first().map_or("log", Source::service);
        let mut entries = Vec::new();
        let latest = known.latest.unwrap_or(self.began);
        let read = self.rows.read(&ids, &traces, latest, |place, row| {
            read_line(place, service, row, &mut entries);
        });
        match read {
            Ok(()) => self.away = None,
            Err(refusal) => {
                // It may be started anew meanwhile, and what it has is not lost.
                let away = *self.away.get_or_insert_with(Instant::now);
                if away.elapsed() >= self.address.patience() {
                    return Err(Trouble::new(self.address.to_string().as_ref(), refusal));
                }
            }
        }
        Ok(entries)
    }
}

/// Wakes whoever waits when something changes in the folders of the logs.
fn watch(sources: &Sources, tell: Sender<()>) -> Option<RecommendedWatcher> {
    let watcher = notify::recommended_watcher(move |_| {
        let _ = tell.send(());
    });
    let mut watcher = watcher.ok()?;
    let folders: BTreeSet<_> = sources.found.iter().filter_map(|one| one.path.parent()).collect();
    for folder in folders {
        // What cannot be watched is looked at all the same, a little later.
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
    Some(watcher)
}
