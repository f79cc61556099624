//! What a story needs of a table: in go an id and filters, out come its rows as a log of their
//! own, which is read as any other.
//!
//! Three questions: which correlation ids belong to what was asked, which rows belong to them,
//! and which rows of other programs share their traces. A fourth asks for the latest rows, which
//! say until when there are any.

use std::collections::BTreeSet;

use narration_record::Level;

use super::query::{Query, batches};
use super::related::Related;
use super::rows::Rows;
use super::{Refusal, Table};
use crate::logs::{Nanos, Period, Sources, Stop};
use crate::render::Filter;

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
    /// Leave out what is older or later.
    pub(crate) period: Period,
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
    for ids in batches(&wanted) {
        let mut query = Query::default();
        let ways = table.holds(&mut query, ids);
        let row = table.row(&attributes(&mut query, question.filter, question.asked, ids));
        let mut condition = String::new();
        if let Some(within) = table.within(&mut query, question.period) {
            let asked = table.holds(&mut query, &[question.asked]).join(" OR ");
            // Rows that have what was asked say whose it is, however old they are.
            condition = format!(" AND (({within}) OR {asked})");
        }
        query.sql = ordered(&parts(&row, &ways, &condition));
        rows.add(table, &query);
    }
    let traces: Vec<&str> = related.traces.iter().map(String::as_str).collect();
    for traces in batches(&traces) {
        let mut query = Query::default();
        let list = query.texts(traces);
        let row = table.row(&attributes(&mut query, question.filter, question.asked, traces));
        let within = table.within(&mut query, question.period);
        let within = within.map(|within| format!(" AND {within}")).unwrap_or_default();
        let id = table.id();
        query.sql = ordered(&format!("{row} WHERE r.TraceId IN ({list}) AND {id} = ''{within}"));
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
    for ids in batches(&ids) {
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

/// The rows of every service around a moment, the closest of them where there are more than
/// `most`; and how many there are in all.
pub(crate) fn around(
    table: &Table,
    moment: Nanos,
    period: Period,
    most: usize,
    stop: &Stop,
) -> Result<(Sources, u64), Refusal> {
    let mut query = Query::default();
    let within = table.within(&mut query, period).unwrap_or_else(|| "1".to_owned());
    let all = table.count(query, &within)?;
    let mut query = Query::default();
    let within = table.within(&mut query, period).unwrap_or_else(|| "1".to_owned());
    let (row, moment) = (table.row("r.LogAttributes"), query.number(moment));
    query.sql = ordered(&format!(
        "{row} WHERE {within} ORDER BY abs(toUnixTimestamp64Nano(r.Timestamp) - {moment}) \
         LIMIT {most}"
    ));
    let mut rows = Rows::new(stop)?;
    rows.add(table, &query);
    Ok((rows.into_sources(table)?, all))
}

/// One question for each way to find rows, no row twice.
pub(super) fn parts(row: &str, ways: &[String], condition: &str) -> String {
    let mut parts = Vec::new();
    for (at, way) in ways.iter().enumerate() {
        let others: String = ways[..at].iter().map(|way| format!(" AND NOT {way}")).collect();
        parts.push(format!("{row} WHERE {way}{others}{condition}"));
    }
    parts.join(" UNION ALL ")
}

/// Rows in the order of time, as a service's own log has them.
pub(super) fn ordered(parts: &str) -> String {
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
