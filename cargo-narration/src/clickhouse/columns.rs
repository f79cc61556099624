//! The columns of a table that the Collector's exporter made: in goes what the database says it
//! has, out comes the same table, whatever its age, in SQL.
//!
//! The exporter's tables changed over the years. `TimestampTime` came and went, `EventName` came.
//! Attributes are a `Map` of texts; the first tables had a list of keys and one of values, and
//! those of `json: true` have a `JSON`. What is not as in a table of today is made so in the
//! question, so that every question is written once.

use std::collections::HashMap;

use serde::Deserialize;

use super::Refusal;
use super::client::Client;
use super::query::Query;

/// The columns without which nothing can be told.
const NEEDED: [&str; 7] =
    ["Timestamp", "TraceId", "SpanId", "SeverityText", "SeverityNumber", "Body", "LogAttributes"];

/// What questions name besides those, where it is there.
const FURTHER: [&str; 2] = ["TimestampTime", "EventName"];

/// So many names stand at most before the name of an attribute in a `JSON`, as `a.b.` in `a.b.c`.
const DEEPEST: usize = 6;

/// What a table has.
pub(super) struct Columns(HashMap<String, String>);

/// One line of what `DESCRIBE` says.
#[derive(Deserialize)]
struct Column {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Columns {
    /// What a table has, whose name is in SQL.
    pub(super) fn of(client: &Client, name: &str) -> Result<Self, Refusal> {
        let mut describe = Query::default();
        describe.sql = format!("DESCRIBE TABLE {name} FORMAT JSONEachRow");
        let mut columns = HashMap::new();
        let mut answer = client.ask(&describe)?;
        while let Some(row) = answer.next()? {
            if let Ok(Column { name, kind }) = serde_json::from_slice(row) {
                columns.insert(name, kind);
            }
        }
        Ok(Self(columns))
    }

    /// Whether it has a column of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The table as `r`, with the columns of a table of today.
    pub(super) fn from(&self, name: &str) -> Result<String, Refusal> {
        let attributes = self.map("LogAttributes");
        let service = self.has("ServiceName") || self.map("ResourceAttributes").is_some();
        let mut missing: Vec<&str> = NEEDED
            .into_iter()
            .filter(|name| !self.has(name) && (*name != "LogAttributes" || attributes.is_none()))
            .collect();
        if !service {
            missing.push("ServiceName");
        }
        if !missing.is_empty() {
            let many = if missing.len() == 1 { "column" } else { "columns" };
            let reason = format!("{name} has no {many} {}", missing.join(", "));
            return Err(Refusal::unreadable(reason).help(
                "it is no table of the Collector's ClickHouse exporter; name one with `?table=otel_logs`",
            ));
        }
        let Some(attributes) = attributes else {
            let reason = format!("the attributes of {name} are neither Map nor JSON");
            return Err(Refusal::unreadable(reason)
                .help("columns have to be of the types that the exporter's own table has"));
        };
        Ok(self.evened(name, &attributes))
    }

    /// The table itself where it is one of today, for its indexes' sake; else what makes it one.
    fn evened(&self, name: &str, attributes: &str) -> String {
        let nanos = self.is("Timestamp", "DateTime64(");
        if nanos && self.is("LogAttributes", "Map(") && self.has("ServiceName") {
            return format!("{name} AS r");
        }
        let time = if nanos { "t.Timestamp" } else { "toDateTime64(t.Timestamp, 9)" };
        let service = match self.map("ResourceAttributes") {
            Some(map) if !self.has("ServiceName") => format!("{map}['service.name']"),
            _ => "t.ServiceName".to_owned(),
        };
        let computed = ["Timestamp", "LogAttributes"];
        let plain = NEEDED.iter().chain(FURTHER.iter().filter(|further| self.has(further)));
        let plain: Vec<String> = plain
            .filter(|column| !computed.contains(column))
            .map(|column| format!("t.{column} AS {column}"))
            .collect();
        format!(
            "(SELECT {time} AS Timestamp, {service} AS ServiceName, {attributes} AS LogAttributes, \
             {} FROM {name} AS t) AS r",
            plain.join(", ")
        )
    }

    /// Attributes as a map from text to text.
    fn map(&self, column: &str) -> Option<String> {
        let (keys, values) = (format!("{column}.Key"), format!("{column}.Value"));
        if self.is(column, "Map(") {
            Some(format!("t.{column}"))
        } else if self.is(column, "JSON") {
            Some(flat(&format!("toJSONString(t.{column})")))
        } else if self.has(&keys) && self.has(&values) {
            let texts = |part: &str| format!("arrayMap(x -> toString(x), t.{part})");
            Some(format!("mapFromArrays({}, {})", texts(&keys), texts(&values)))
        } else {
            None
        }
    }

    fn is(&self, column: &str, kind: &str) -> bool {
        self.0.get(column).is_some_and(|found| found.starts_with(kind))
    }
}

/// A text of JSON as a map: `{"a":{"b":1}}` has `a.b`, as the attribute was called.
///
/// A `JSON` column takes names apart at their dots, and no function of every version in use puts
/// them together again.
fn flat(json: &str) -> String {
    let mut pairs = format!("JSONExtractKeysAndValuesRaw({json})");
    for _ in 0..DEEPEST {
        pairs = format!(
            "arrayFlatten(arrayMap(p -> if(startsWith(p.2, '{{'), arrayMap(q -> \
             (concat(p.1, '.', q.1), q.2), JSONExtractKeysAndValuesRaw(p.2)), [p]), {pairs}))"
        );
    }
    let value = "if(startsWith(p.2, '\"'), JSONExtractString(p.2), p.2)";
    format!("CAST(arrayMap(p -> (p.1, {value}), {pairs}), 'Map(String, String)')")
}
