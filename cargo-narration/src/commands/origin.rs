//! Where the verbs that follow requests read: files, or a database.
//!
//! In: what was typed, and what a verb asks. Out: the logs that answer it, and what is known of
//! all requests. What is found in files is read as often as it is asked for; a database is asked
//! for what a question needs alone.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use super::logs;
use crate::clickhouse::{self, Address, Credentials, Kind, Question, Refusal, Table};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::logs::{Event, Nanos, Period, Sources, Stop, Trouble};
use crate::story::{self, Around, Brief, Key, Selection, Story, Survey};

/// Where to read.
pub(super) enum Origin {
    Files(Vec<PathBuf>),
    Database(Box<Address>),
}

/// Where is read.
pub(super) enum Opened {
    Files(Sources),
    Database(Box<Table>, Stop),
}

/// `--from`
pub(super) fn arg() -> Arg {
    Arg::new("from")
        .long("from")
        .value_name("ADDRESS")
        .conflicts_with("log")
        .help("Ask a database instead: clickhouse://user@host:8123/database")
}

impl Origin {
    /// What was typed.
    pub(super) fn of(matches: &ArgMatches) -> Result<Self, Fault> {
        match matches.get_one::<String>("from") {
            Some(typed) => match Address::parse(typed) {
                Ok(address) => Ok(Self::Database(Box::new(address))),
                Err(refusal) => {
                    let fault = Fault::usage(refusal.reason);
                    Err(refusal.help.into_iter().fold(fault, Fault::help))
                }
            },
            None => logs::named(matches).map(Self::Files),
        }
    }

    /// Whether it is a database.
    pub(super) fn is_database(&self) -> bool {
        matches!(self, Self::Database(_))
    }

    /// Finds the logs, or looks whether the table is there.
    pub(super) fn open(&self) -> Result<Opened, Fault> {
        match self {
            Self::Files(named) => Ok(Opened::Files(logs::find(named))),
            Self::Database(address) => {
                let stop = logs::interruption();
                let address = (**address).clone();
                let table = Table::open(address.clone(), Credentials::of_environment());
                let table = table.map_err(|refusal| refused(&address, refusal))?;
                Ok(Opened::Database(Box::new(table), stop))
            }
        }
    }
}

impl Opened {
    /// The logs in which a story is, and what of it.
    pub(super) fn select(&self, question: Question<'_>) -> Result<(Sources, Selection), Fault> {
        match self {
            Self::Files(sources) => Ok((sources.clone(), story::select(sources, question.asked))),
            Self::Database(table, stop) => {
                let sources = clickhouse::of_story(table, question, stop);
                let sources = sources.map_err(|refusal| refused(table.address(), refusal))?;
                let sources = Sources { stop: stop.clone(), ..sources };
                let mut selection = story::select(&sources, question.asked);
                story::join_traces(&sources, &mut selection);
                Ok((sources, selection))
            }
        }
    }

    /// All requests of a time.
    pub(super) fn survey(&self, period: Period, kind: Kind<'_>) -> Result<Survey<Brief>, Fault> {
        match self {
            Self::Files(sources) => {
                logs::some(sources)?;
                Ok(story::survey(sources, period, Key::default()))
            }
            Self::Database(table, stop) => clickhouse::requests(table, period, kind, stop)
                .map_err(|refusal| refused(table.address(), refusal)),
        }
    }

    /// What else was told around a moment of a story, whose logs these are; and what could not be
    /// read for it that was not tried before.
    pub(super) fn around(
        &self,
        sources: &Sources,
        story: &Story,
        moment: Nanos,
        within: Nanos,
    ) -> Result<(Around, Vec<Trouble>), Fault> {
        // By what they say, so that a copy of one's own is no other's.
        let prints = Prints::of(story.steps.iter().map(|step| &step.entry));
        let own = |event: &Event| prints.has(event);
        match self {
            Self::Files(_) => Ok((story::around(sources, own, moment, within), Vec::new())),
            Self::Database(table, stop) => {
                let period = Period {
                    since: Some(moment.saturating_sub(within)),
                    until: Some(moment.saturating_add(within)),
                };
                // Enough for the closest, the story's own and the copies of both.
                let most = 2 * (story.steps.len() + story::MOST_AROUND);
                let rows = clickhouse::around(table, moment, period, most, stop);
                let (rows, all) = rows.map_err(|refusal| refused(table.address(), refusal))?;
                let mut around = story::around(&rows, own, moment, within);
                let fetched = u64::try_from(most).unwrap_or(u64::MAX);
                around.more += all.saturating_sub(fetched);
                Ok((around, rows.troubles))
            }
        }
    }

    /// The logs at whose ends is seen until when there are any.
    pub(super) fn recent(&self) -> Result<Sources, Fault> {
        match self {
            Self::Files(sources) => Ok(sources.clone()),
            Self::Database(table, stop) => clickhouse::recent(table, stop)
                .map(|rows| Sources { late: rows.found, stop: stop.clone(), ..Sources::default() })
                .map_err(|refusal| refused(table.address(), refusal)),
        }
    }

    /// Whether it is a database.
    pub(super) fn is_database(&self) -> bool {
        matches!(self, Self::Database(..))
    }

    /// The logs with their ends as they are by now, whoever wished to stop.
    pub(super) fn ends(&self, sources: &Sources) -> Sources {
        let mut sources = sources.clone();
        if let Self::Database(table, _) = self
            && let Ok(rows) = clickhouse::recent(table, &Stop::default())
        {
            sources.late = rows.found;
        }
        sources
    }

    /// The files that are read; of a database there are none.
    pub(super) fn files(&self) -> Sources {
        match self {
            Self::Files(sources) => sources.clone(),
            Self::Database(_, stop) => Sources { stop: stop.clone(), ..Sources::default() },
        }
    }

    /// The logs in which these requests are.
    pub(super) fn of_ids(&self, ids: &BTreeSet<String>) -> Result<Sources, Fault> {
        match self {
            Self::Files(sources) => Ok(sources.clone()),
            Self::Database(table, stop) => clickhouse::of_ids(table, ids, stop)
                .map(|sources| Sources { stop: stop.clone(), ..sources })
                .map_err(|refusal| refused(table.address(), refusal)),
        }
    }
}

/// Events that are known by what they say: a row has no place to know it by.
#[derive(Debug, Default)]
pub(super) struct Prints {
    hasher: RandomState,
    known: HashSet<u64>,
}

impl Prints {
    pub(super) fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut prints = Self::default();
        for event in events {
            prints.add(event);
        }
        prints
    }

    /// Adds an event; answers whether it is new.
    pub(super) fn add(&mut self, event: &Event) -> bool {
        self.known.insert(self.print(event))
    }

    fn has(&self, event: &Event) -> bool {
        self.known.contains(&self.print(event))
    }

    fn print(&self, event: &Event) -> u64 {
        self.hasher.hash_one((event.time(), event.said()))
    }
}

/// Why a database gave no answer.
pub(super) fn refused(address: &Address, refusal: Refusal) -> Fault {
    let message = match refusal.exit {
        Exit::Usage => refusal.reason,
        _ => format!("{address} cannot be read: {}", refusal.reason),
    };
    let fault = Fault::new(refusal.exit, message);
    refusal.help.into_iter().fold(fault, Fault::help)
}
