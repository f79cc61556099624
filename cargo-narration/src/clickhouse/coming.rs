//! Rows that come: in go the ids of a story, out come the rows that were added to it.
//!
//! A database tells nobody what comes, so that it is asked again and again. A row comes late: the
//! Collector collects before it writes, and tries again for minutes where it could not. Each
//! question therefore goes back behind the latest row that was told; who asks leaves out what it
//! knows.

use super::query::{Query, batches};
use super::story::{ordered, parts};
use super::{Refusal, Table};
use crate::logs::{Nanos, Period, Place};

/// A row may come so much later than the latest one, in nanoseconds: as long as the Collector tries.
const LATE: Nanos = 300_000_000_000;

/// Rows that come.
#[derive(Debug)]
pub(crate) struct Coming<'a> {
    table: &'a Table,
    /// Where the next row stands in all that was fetched.
    offset: u64,
}

impl<'a> Coming<'a> {
    pub(crate) fn new(table: &'a Table) -> Self {
        Self { table, offset: 0 }
    }

    /// Calls for every row of these ids, and of these traces without an id, that is not much older
    /// than `latest`.
    pub(crate) fn read(
        &mut self,
        ids: &[&str],
        traces: &[&str],
        latest: Nanos,
        mut found: impl FnMut(Place, &[u8]),
    ) -> Result<(), Refusal> {
        let period = Period { since: Some(latest.saturating_sub(LATE)), until: None };
        let row = self.table.row("r.LogAttributes");
        for ids in batches(ids) {
            let mut query = Query::default();
            let ways = self.table.holds(&mut query, ids);
            let within = self.table.within(&mut query, period);
            let within = within.map(|within| format!(" AND {within}")).unwrap_or_default();
            query.sql = ordered(&parts(&row, &ways, &within));
            self.ask(&query, &mut found)?;
        }
        for traces in batches(traces) {
            let mut query = Query::default();
            let (list, id) = (query.texts(traces), self.table.id());
            let within = self.table.within(&mut query, period);
            let within = within.map(|within| format!(" AND {within}")).unwrap_or_default();
            query.sql =
                ordered(&format!("{row} WHERE r.TraceId IN ({list}) AND {id} = ''{within}"));
            self.ask(&query, &mut found)?;
        }
        Ok(())
    }

    fn ask(&mut self, query: &Query, found: &mut impl FnMut(Place, &[u8])) -> Result<(), Refusal> {
        let mut answer = self.table.client.ask(query)?;
        while let Some(row) = answer.next()? {
            let line = row.strip_suffix(b"\n").unwrap_or(row);
            found(Place { source: 0, offset: self.offset, item: 0 }, line);
            self.offset += row.len() as u64;
        }
        Ok(())
    }
}
