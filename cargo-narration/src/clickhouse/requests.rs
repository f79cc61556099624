//! All requests of a table: in goes which of them, out comes of each what a reader of files would
//! have gathered. The database gathers it, so that rows stay where they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};
use serde::Deserialize;
use serde_json::Value;

use super::query::Query;
use super::{Refusal, Table};
use crate::logs::{Nanos, Period, Stop};
use crate::story::{Brief, Deed, Survey, Without};

/// So many different values are enough to see that they differ.
const FEW: usize = 4;

/// What the requests are looked at for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    /// To put them in order.
    Order,
    /// To judge their links.
    Links,
    /// To compare those in which this is done.
    Like(&'a Deed),
}

/// What every kind needs. A row that was delivered twice has the same print.
const ORDER: &str = "count() AS Rows, uniqExact(Print) AS Steps, argMin([Actor, Action], Nano) AS First, \
     argMax([Actor, Action, Outcome], Nano) AS Last, min(Nano) AS Begin, max(Nano) AS End";

/// What links are judged by. Of all times those are kept that have the longest silence between.
const LINKS: &str = ", max(Outcome IN ('failed', 'panicked')) AS Failed, \
     minMap(map(Actor, Nano)) AS Actors, groupUniqArray([Actor, Action]) AS Deeds, \
     groupUniqArrayIf(4)(Session, Session != '') AS Sessions, \
     groupUniqArrayIf(4)(Trace, Trace != '') AS Traces, \
     arraySort(groupArray(Nano)) AS Sorted, arrayDifference(Sorted) AS Silences, \
     indexOf(Silences, arrayMax(Silences)) AS Longest, \
     [Sorted[greatest(Longest - 1, 1)], Sorted[Longest]] AS Times";

/// What a comparison is made of.
const LIKE: &str = ", groupUniqArrayIf([Actor, Action, Took, toString(Print)], Outcome != '' AND Took != '') AS Durations";

/// A request as the database tells it. Wide numbers may come as texts.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    rows: Value,
    steps: Value,
    first: Vec<String>,
    last: Vec<String>,
    begin: Value,
    end: Value,
    #[serde(default)]
    failed: u8,
    #[serde(default)]
    actors: BTreeMap<String, Value>,
    #[serde(default)]
    deeds: Vec<Vec<String>>,
    #[serde(default)]
    sessions: Vec<String>,
    #[serde(default)]
    traces: Vec<String>,
    #[serde(default)]
    times: Vec<Value>,
    #[serde(default)]
    durations: Vec<Vec<String>>,
}

/// Gathers the requests of a time.
pub(crate) fn requests(
    table: &Table,
    period: Period,
    kind: Kind<'_>,
    stop: &Stop,
) -> Result<Survey<Brief>, Refusal> {
    let mut survey = Survey {
        by_id: HashMap::new(),
        without: HashMap::new(),
        raw: 0,
        repeated: 0,
        too_long: 0,
        troubles: Vec::new(),
    };
    let query = query(table, period, kind);
    let mut answer = table.client.ask(&query)?;
    while let Some(row) = answer.next()? {
        if stop.is_set() {
            break;
        }
        let row: Row = serde_json::from_slice(row).map_err(|error| {
            Refusal::unreadable(format!("a row of its answer is none that was asked for: {error}"))
        })?;
        let (id, steps) = (row.id.clone(), number(&row.steps).unsigned_abs());
        survey.repeated += number(&row.rows).unsigned_abs().saturating_sub(steps);
        let brief = row.brief();
        match (id.is_empty(), &brief.first) {
            (false, _) => {
                survey.by_id.insert(Arc::from(id), brief);
            }
            (true, Some((_, deed))) => {
                let without = Without { count: steps, first: None, of: brief.clone() };
                survey.without.insert(deed.clone(), without);
            }
            _ => {}
        }
    }
    Ok(survey)
}

fn query(table: &Table, period: Period, kind: Kind<'_>) -> Query {
    let mut query = Query::default();
    let (id, actor, action) = (table.id(), table.actor(), table.action());
    let mut conditions: Vec<String> = table.within(&mut query, period).into_iter().collect();
    let more = match kind {
        Kind::Order => String::new(),
        Kind::Links => LINKS.to_owned(),
        Kind::Like(_) => LIKE.to_owned(),
    };
    if let Kind::Like((one, other)) = kind {
        let (one, other) = (query.text(one), query.text(other));
        let mut alike =
            format!("SELECT {id} FROM {} WHERE {actor} = {one} AND {action} = {other}", table.from);
        for condition in &conditions {
            alike += &format!(" AND {condition}");
        }
        conditions.push(format!("{id} IN ({alike})"));
    }
    let conditions = conditions.join(" AND ");
    let conditions =
        if conditions.is_empty() { conditions } else { format!(" WHERE {conditions}") };
    // Events without an id are told apart by who did what.
    query.sql = format!(
        "SELECT Id, {ORDER}{more} FROM (SELECT {id} AS Id, {actor} AS Actor, {action} AS Action, \
         toUnixTimestamp64Nano(r.Timestamp) AS Nano, r.LogAttributes['outcome'] AS Outcome, \
         r.LogAttributes['duration_ms'] AS Took, r.LogAttributes['session_id'] AS Session, \
         r.TraceId AS Trace, cityHash64(Nano, r.ServiceName, r.SpanId, r.SeverityNumber, r.Body, \
         mapKeys(r.LogAttributes), mapValues(r.LogAttributes)) AS Print FROM {}{conditions}) \
         GROUP BY Id, if(Id = '', [Actor, Action], []) FORMAT JSONEachRow",
        table.from
    );
    query
}

impl Row {
    fn brief(self) -> Brief {
        let (begin, end) = (number(&self.begin), number(&self.end));
        let times = [begin].into_iter().chain(self.times.iter().map(number)).chain([end]);
        let mut brief = Brief::at(times);
        brief.steps = number(&self.steps).unsigned_abs();
        brief.first = deed(&self.first).map(|deed| (begin, deed));
        brief.failed = self.failed > 0;
        brief.deeds = self.deeds.iter().filter_map(|names| deed(names)).collect();
        brief.sessions = self.sessions.into_iter().take(FEW).collect();
        brief.traces = self.traces.into_iter().take(FEW).collect();
        let outcome = self.last.get(2).filter(|outcome| !outcome.is_empty()).cloned();
        brief.last = deed(&self.last).map(|deed| (end, deed, outcome));
        brief.actors =
            self.actors.into_iter().map(|(actor, time)| (actor, number(&time))).collect();
        for names in &self.durations {
            let took = names.get(2).and_then(|took| took.parse().ok());
            let took = took.filter(|took: &f64| *took >= 0.0);
            if let (Some(deed), Some(took)) = (deed(names), took) {
                *brief.durations.entry(deed).or_default() += took;
            }
        }
        brief
    }
}

fn deed(names: &[String]) -> Option<Deed> {
    match names {
        [actor, action, ..] => Some((actor.clone(), action.clone())),
        _ => None,
    }
}

/// A number of 64 bits, which some versions put into quotes.
fn number(value: &Value) -> Nanos {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_default()
}
