//! What an id leads to: in goes any id, out come the correlation ids of the rows that have it as a
//! value, and the traces of those.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::query::{Query, batches};
use super::story::parts;
use super::{Refusal, Table};
use crate::logs::Stop;

/// What an id leads to.
#[derive(Default)]
pub(super) struct Related {
    ids: BTreeSet<String>,
    pub(super) traces: BTreeSet<String>,
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
    pub(super) fn find(table: &Table, asked: &str, stop: &Stop) -> Result<Self, Refusal> {
        let mut related = Self::default();
        related.ask(table, &[asked], stop)?;
        if related.ids.contains(asked) {
            // Others only name it.
            related = Self { ids: BTreeSet::from([asked.to_owned()]), ..Self::default() };
        } else if related.ids.is_empty() {
            return Ok(related);
        }
        let ids: Vec<&str> = related.ids.iter().map(String::as_str).collect();
        let mut traces = Self::default();
        for ids in batches(&ids) {
            traces.ask(table, ids, stop)?;
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
    pub(super) fn wanted<'a>(&'a self, asked: &'a str) -> Vec<&'a str> {
        let of = if self.ids.is_empty() { &self.traces } else { &self.ids };
        let others = of.iter().map(String::as_str).filter(|id| *id != asked);
        [asked].into_iter().chain(others).collect()
    }
}
