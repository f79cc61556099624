//! What a story needs of a table: in go an id and filters, out come its rows as a log of their
//! own, which is read as any other.
//!
//! Three questions: which correlation ids belong to what was asked, which rows belong to them,
//! and which rows of other programs share their traces. A fourth asks for the latest rows, which
//! say until when there are any.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use narration_record::Level;
use serde::Deserialize;

use super::query::Query;
use super::{Refusal, Table};
use crate::logs::{Nanos, Source, Sources, Stop, Trouble};
use crate::render::Filter;

/// So many ids are asked for at once: an address has its limits.
const AT_ONCE: usize = 100;

/// The latest rows are those of so many seconds before the last one.
const LATE: u32 = 600;

/// So many of the latest rows are looked at, of each service.
const OF_EACH: u32 = 200;

/// What the sums of a story and its order need, whatever is shown.
const KEPT: &[&str] = &[
    "actor",
    "action",
    "target",
    "outcome",
    "duration_ms",
    "error",
    "error_kind",
    "correlation_id",
    "session_id",
    "trace_id",
    "span_id",
    "parent_span_id",
    "narration",
    "suppressed",
    "service",
    "service.name",
    "service_name",
    "app",
    "application",
    "event.name",
    "event_name",
];

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    /// Any id in any field.
    pub(crate) asked: &'a str,
    /// Leave out what is older.
    pub(crate) since: Option<Nanos>,
    /// Which steps are shown; of others comes what the sums need.
    pub(crate) filter: &'a Filter,
}

/// The rows of a story, and the latest of all.
pub(crate) fn of_story(
    table: &Table,
    question: Question<'_>,
    stop: &Stop,
) -> Result<Sources, Refusal> {
    let related = Related::find(table, question.asked, stop)?;
    let wanted = related.wanted(question.asked);
    let mut rows = Rows::new(stop)?;
    for ids in wanted.chunks(AT_ONCE) {
        let mut query = Query::default();
        let ways = table.holds(&mut query, ids);
        let row = table.row(&attributes(&mut query, question.filter, question.asked, ids));
        let mut condition = String::new();
        if let Some(since) = question.since {
            let asked = table.holds(&mut query, &[question.asked]).join(" OR ");
            let since = table.since(&mut query, since);
            // Rows that have what was asked say whose it is, however old they are.
            condition = format!(" AND (({since}) OR {asked})");
        }
        query.sql = ordered(&parts(&row, &ways, &condition));
        rows.add(table, &query);
    }
    let traces: Vec<&str> = related.traces.iter().map(String::as_str).collect();
    for traces in traces.chunks(AT_ONCE) {
        let mut query = Query::default();
        let list = query.texts(traces);
        let row = table.row(&attributes(&mut query, question.filter, question.asked, traces));
        let since = question.since.map(|since| table.since(&mut query, since));
        let since = since.map(|since| format!(" AND {since}")).unwrap_or_default();
        let id = table.id();
        query.sql = ordered(&format!("{row} WHERE r.TraceId IN ({list}) AND {id} = ''{since}"));
        rows.add(table, &query);
    }
    let mut sources = rows.into_sources(table)?;
    sources.late = recent(table, stop)?.found;
    Ok(sources)
}

/// All rows of some correlation ids.
pub(crate) fn of_ids(
    table: &Table,
    ids: &BTreeSet<String>,
    stop: &Stop,
) -> Result<Sources, Refusal> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut rows = Rows::new(stop)?;
    for ids in ids.chunks(AT_ONCE) {
        let mut query = Query::default();
        let ways = table.holds(&mut query, ids);
        query.sql = ordered(&parts(&table.row("r.LogAttributes"), &ways, ""));
        rows.add(table, &query);
    }
    rows.into_sources(table)
}

/// The latest rows of every service.
pub(crate) fn recent(table: &Table, stop: &Stop) -> Result<Sources, Refusal> {
    let mut query = Query::default();
    let row = table.row("r.LogAttributes");
    let (latest, from) = (table.latest(), &table.from);
    let column = latest.trim_start_matches("max(").trim_end_matches(')');
    let late = format!("{column} >= (SELECT {latest} FROM {from}) - INTERVAL {LATE} SECOND");
    // Which rows they are is asked of two small columns; what is in them, of those rows alone.
    query.sql = format!(
        "SELECT * FROM ({row} WHERE {late} AND (r.ServiceName, r.Timestamp) IN \
         (SELECT r.ServiceName, r.Timestamp FROM {from} WHERE {late} \
         ORDER BY r.Timestamp DESC LIMIT {OF_EACH} BY r.ServiceName)) \
         ORDER BY UnixNano, ServiceName FORMAT JSONEachRow"
    );
    let mut rows = Rows::new(stop)?;
    rows.add(table, &query);
    rows.into_sources(table)
}

/// One question for each way to find rows, no row twice.
fn parts(row: &str, ways: &[String], condition: &str) -> String {
    let mut parts = Vec::new();
    for (at, way) in ways.iter().enumerate() {
        let others: String = ways[..at].iter().map(|way| format!(" AND NOT {way}")).collect();
        parts.push(format!("{row} WHERE {way}{others}{condition}"));
    }
    parts.join(" UNION ALL ")
}

/// Rows in the order of time, as a service's own log has them.
fn ordered(parts: &str) -> String {
    format!("SELECT * FROM ({parts}) ORDER BY UnixNano, ServiceName FORMAT JSONEachRow")
}

/// All attributes of a row that is shown; of another one what the sums need.
fn attributes(query: &mut Query, filter: &Filter, asked: &str, ids: &[&str]) -> String {
    let mut shown = Vec::new();
    let mut one_of = |query: &mut Query, key: &str, names: &[String]| {
        if !names.is_empty() {
            let names = query.texts(names);
            shown.push(format!("r.LogAttributes['{key}'] IN ('', {names})"));
        }
    };
    one_of(query, "actor", &filter.actors);
    one_of(query, "action", &filter.actions);
    for (name, value) in &filter.fields {
        // What has a column of its own is compared where it is shown.
        if !matches!(name.as_str(), "trace_id" | "span_id" | "correlation_id" | "actor" | "action")
        {
            let (name, value) = (query.text(name), query.text(value));
            shown.push(format!("r.LogAttributes[{name}] = {value}"));
        }
    }
    if let Some(least) = filter.level.and_then(severity) {
        shown.push(format!("(r.SeverityNumber >= {least} OR r.SeverityNumber = 0)"));
    }
    if shown.is_empty() {
        return "r.LogAttributes".to_owned();
    }
    let (kept, ids) = (query.texts(KEPT), query.texts(ids.iter().copied().chain([asked])));
    format!(
        "if({}, r.LogAttributes, CAST(mapFilter((k, v) -> k IN ({kept}) OR v IN ({ids}) OR \
         endsWith(lower(k), 'id'), r.LogAttributes), toTypeName(r.LogAttributes)))",
        shown.join(" AND ")
    )
}

/// The least of OpenTelemetry's numbers for a level.
fn severity(level: Level) -> Option<u8> {
    match level {
        Level::Trace => None,
        Level::Debug => Some(5),
        Level::Info => Some(9),
        Level::Warn => Some(13),
        Level::Error => Some(17),
    }
}

/// What an id leads to.
#[derive(Default)]
struct Related {
    ids: BTreeSet<String>,
    traces: BTreeSet<String>,
}

/// A row of what an id leads to.
#[derive(Deserialize)]
struct Lead {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "TraceId")]
    trace: String,
}

impl Related {
    /// The correlation ids of the rows that have what was asked, and then the traces of those.
    fn find(table: &Table, asked: &str, stop: &Stop) -> Result<Self, Refusal> {
        let mut related = Self::default();
        related.ask(table, &[asked], stop)?;
        if related.ids.contains(asked) {
            // Others only name it.
            related = Self { ids: BTreeSet::from([asked.to_owned()]), ..Self::default() };
        } else if related.ids.is_empty() {
            return Ok(related);
        }
        let ids: Vec<String> = related.ids.iter().cloned().collect();
        let mut traces = Self::default();
        for ids in ids.chunks(AT_ONCE) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            traces.ask(table, &ids, stop)?;
        }
        related.traces = traces.traces;
        Ok(related)
    }

    fn ask(&mut self, table: &Table, ids: &[&str], stop: &Stop) -> Result<(), Refusal> {
        let mut query = Query::default();
        let ways = table.holds(&mut query, ids);
        let lead = format!("SELECT {} AS Id, r.TraceId AS TraceId FROM {}", table.id(), table.from);
        let parts = parts(&lead, &ways, "");
        query.sql = format!("SELECT DISTINCT Id, TraceId FROM ({parts}) FORMAT JSONEachRow");
        let mut answer = table.client.ask(&query)?;
        while let Some(row) = answer.next()? {
            if stop.is_set() {
                break;
            }
            let Ok(Lead { id, trace }) = serde_json::from_slice(row) else { continue };
            self.ids.extend(Some(id).filter(|id| !id.is_empty()));
            self.traces.extend(Some(trace).filter(|trace| !trace.is_empty()));
        }
        Ok(())
    }

    /// The ids whose rows make the story.
    fn wanted<'a>(&'a self, asked: &'a str) -> Vec<&'a str> {
        let of = if self.ids.is_empty() { &self.traces } else { &self.ids };
        let others = of.iter().map(String::as_str).filter(|id| *id != asked);
        [asked].into_iter().chain(others).collect()
    }
}

/// Rows that are kept in a nameless file.
struct Rows<'a> {
    file: File,
    length: u64,
    /// Fingerprints of the rows of earlier questions.
    known: HashSet<u64>,
    troubles: Vec<Refusal>,
    stop: &'a Stop,
    stopped: bool,
}

impl<'a> Rows<'a> {
    fn new(stop: &'a Stop) -> Result<Self, Refusal> {
        let file = tempfile::tempfile().map_err(|error| kept(&error))?;
        let (known, troubles) = (HashSet::new(), Vec::new());
        Ok(Self { file, length: 0, known, troubles, stop, stopped: false })
    }

    /// Adds the rows of an answer that no earlier one had.
    fn add(&mut self, table: &Table, query: &Query) {
        let refusal = self.take(table, query).err();
        self.troubles.extend(refusal);
    }

    fn take(&mut self, table: &Table, query: &Query) -> Result<(), Refusal> {
        if self.stopped || !self.troubles.is_empty() {
            return Ok(());
        }
        let mut own = HashSet::new();
        let mut file = std::io::BufWriter::with_capacity(256 << 10, &self.file);
        let mut answer = table.client.ask(query)?;
        let outcome = loop {
            match answer.next() {
                Ok(None) => break Ok(()),
                Err(refusal) => break Err(refusal),
                Ok(Some(row)) => {
                    let mut hasher = DefaultHasher::new();
                    row.hash(&mut hasher);
                    let hash = hasher.finish();
                    if self.known.contains(&hash) {
                        continue;
                    }
                    own.insert(hash);
                    file.write_all(row).map_err(|error| kept(&error))?;
                    self.length += row.len() as u64;
                }
            }
            if self.stop.is_set() {
                self.stopped = true;
                break Ok(());
            }
        };
        file.flush().map_err(|error| kept(&error))?;
        drop(file);
        self.known.extend(own);
        outcome
    }

    /// The rows as a log; where there is none, why.
    fn into_sources(self, table: &Table) -> Result<Sources, Refusal> {
        let path = PathBuf::from(table.address().to_string());
        let Self { file, length, mut troubles, stopped, .. } = self;
        if length == 0 && !troubles.is_empty() {
            return Err(troubles.swap_remove(0));
        }
        let trouble = |refusal: &Refusal| Trouble::new(&path, refusal);
        Ok(Sources {
            troubles: troubles.iter().map(trouble).collect(),
            found: vec![Source::kept(&path, file, length)],
            stopped,
            ..Sources::default()
        })
    }
}

fn kept(error: &std::io::Error) -> Refusal {
    Refusal::unreadable(format!("its rows cannot be kept in {}: {error}", place().display()))
}

fn place() -> Box<Path> {
    std::env::temp_dir().into_boxed_path()
}
