//! The table that the Collector's exporter writes: in goes an address, out comes the SQL for what
//! a story needs of it.
//!
//! `columns` evens out what the exporter's tables of different ages differ in. What else a table
//! has, indexes and projections among it, is the database's to use.

use serde::Deserialize;

use super::client::Client;
use super::columns::Columns;
use super::query::Query;
use super::{Address, Credentials, Refusal};
use crate::logs::Period;

/// A table of logs that answers.
#[derive(Debug)]
pub(crate) struct Table {
    pub(super) client: Client,
    /// Its name in SQL, as `r`.
    pub(super) from: String,
    event_name: bool,
    timestamp_time: bool,
}

/// How many rows there are.
#[derive(Deserialize)]
struct Counted {
    #[serde(rename = "Rows")]
    rows: String,
}

impl Table {
    /// Looks at the table of an address.
    pub(crate) fn open(address: Address, credentials: Credentials) -> Result<Self, Refusal> {
        // Names have been checked: there is nothing in them to escape.
        let name = format!("`{}`.`{}`", address.database, address.table);
        let client = Client::new(address, credentials)?;
        let columns = Columns::of(&client, &name)?;
        Ok(Self {
            from: columns.from(&name)?,
            event_name: columns.has("EventName"),
            timestamp_time: columns.has("TimestampTime"),
            client,
        })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &Address {
        &self.client.address
    }

    /// A row as the reader knows it, with what `attributes` leaves of its attributes.
    pub(super) fn row(&self, attributes: &str) -> String {
        let event = if self.event_name { "r.EventName" } else { "''" };
        format!(
            "SELECT toUnixTimestamp64Nano(r.Timestamp) AS UnixNano, r.TraceId AS TraceId, \
             r.SpanId AS SpanId, r.SeverityNumber AS SeverityNumber, \
             r.SeverityText AS SeverityText, r.ServiceName AS ServiceName, r.Body AS Body, \
             {event} AS EventName, {attributes} AS LogAttributes FROM {}",
            self.from
        )
    }

    /// Within this time, where there is a limit to it.
    pub(super) fn within(&self, query: &mut Query, period: Period) -> Option<String> {
        let mut limits = Vec::new();
        for (limit, compared) in [(period.since, ">="), (period.until, "<=")] {
            let Some(limit) = limit else { continue };
            let place = query.number(limit);
            limits.push(format!("r.Timestamp {compared} fromUnixTimestamp64Nano({place})"));
            if self.timestamp_time {
                // The key of the table is by the second.
                let second = format!("toDateTime(intDiv({place}, 1000000000))");
                limits.push(format!("r.TimestampTime {compared} {second}"));
            }
        }
        (!limits.is_empty()).then(|| limits.join(" AND "))
    }

    /// How many rows there are under a condition whose values are in the query.
    pub(super) fn count(&self, mut query: Query, condition: &str) -> Result<u64, Refusal> {
        query.sql = format!(
            "SELECT toString(count()) AS Rows FROM {} WHERE {condition} FORMAT JSONEachRow",
            self.from
        );
        let mut answer = self.client.ask(&query)?;
        let row = answer.next()?.map(serde_json::from_slice::<Counted>);
        let counted = row.and_then(Result::ok).and_then(|row| row.rows.parse().ok());
        counted.ok_or_else(|| Refusal::unreadable("it does not say how many rows there are"))
    }

    /// The latest time of all.
    pub(super) fn latest(&self) -> &'static str {
        // Where there is this column, it is known without reading a row.
        if self.timestamp_time { "max(r.TimestampTime)" } else { "max(r.Timestamp)" }
    }

    /// Whether a row has one of some values, and each way to find out by an index of its own.
    ///
    /// ClickHouse uses an index for one condition at a time; joined by `OR` there would be none.
    pub(super) fn holds(&self, query: &mut Query, ids: &[&str]) -> Vec<String> {
        let list = query.texts(ids);
        let mut ways = vec![format!("hasAny(mapValues(r.LogAttributes), [{list}])")];
        for (column, length) in [("TraceId", 32), ("SpanId", 16)] {
            let such = |id: &&&str| {
                id.len() == length
                    && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
            };
            let such: Vec<&str> = ids.iter().filter(such).copied().collect();
            if !such.is_empty() {
                ways.push(format!("r.{column} IN ({})", query.texts(such)));
            }
        }
        ways
    }

    /// The correlation id, by whichever name a service gives it; empty where there is none.
    pub(super) fn id(&self) -> String {
        let spelled = |wanted: &str| {
            format!(
                "arrayFirst((v, k) -> replaceRegexpOne(replaceRegexpAll(lower(arrayElement(\
                 splitByChar('.', k), -1)), '[^a-z0-9]', ''), '^x', '') = '{wanted}', \
                 mapValues(r.LogAttributes), mapKeys(r.LogAttributes))"
            )
        };
        format!(
            "if(mapContains(r.LogAttributes, 'correlation_id'), r.LogAttributes['correlation_id'], \
             if({0} != '', {0}, {1}))",
            spelled("correlationid"),
            spelled("requestid")
        )
    }

    /// Who did it.
    pub(super) fn actor(&self) -> String {
        first(
            &["actor", "service", "service.name"],
            "r.ServiceName",
            &["service_name", "app", "application"],
        )
    }

    /// What was done.
    pub(super) fn action(&self) -> String {
        let event = "arrayElement(splitByChar('.', r.EventName), -1)";
        let event = if self.event_name { event } else { "''" };
        first(&["action"], event, &["event.name", "event_name", "'log'"])
    }
}

/// The first attribute or column that is not empty.
fn first(before: &[&str], column: &str, behind: &[&str]) -> String {
    let attribute = |name: &&str| match name.starts_with('\'') {
        true => (*name).to_owned(),
        false => format!("r.LogAttributes['{name}']"),
    };
    let all: Vec<String> = before
        .iter()
        .map(attribute)
        .chain([format!("toString({column})")])
        .chain(behind.iter().map(attribute))
        .collect();
    format!("arrayFirst(v -> v != '', [{}])", all.join(", "))
}
