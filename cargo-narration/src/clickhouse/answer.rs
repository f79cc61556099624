//! The rows of an answer: in goes a body, out come its lines one by one.
//!
//! ClickHouse begins to answer before it knows whether it can go on. What goes wrong later stands
//! in the body, in place of a row or behind the last one.

use std::io::{BufRead as _, BufReader, Read as _};

use ureq::{Body, BodyReader};

use super::{Address, Refusal};
use crate::logs::LONGEST_LINE;

/// How much is read of what went wrong.
const LONGEST_REFUSAL: u64 = 64 << 10;

/// Rows that come.
pub(super) struct Answer<'a> {
    address: &'a Address,
    body: BufReader<BodyReader<'static>>,
    /// The row that came last, with its line break.
    line: Vec<u8>,
    rows: u64,
}

impl<'a> Answer<'a> {
    pub(super) fn new(address: &'a Address, body: Body) -> Self {
        let body = BufReader::with_capacity(256 << 10, body.into_reader());
        Self { address, body, line: Vec::new(), rows: 0 }
    }

    /// The next row, with its line break; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Refusal> {
        self.line.clear();
        let mut part = self.body.by_ref().take(LONGEST_LINE as u64);
        let read = part.read_until(b'\n', &mut self.line);
        let row = self.line.starts_with(b"{") && !self.line.starts_with(br#"{"exception""#);
        if !row && !self.line.is_empty() {
            return Err(self.exception());
        }
        if let Err(error) = read {
            let refusal = Refusal::failed(self.address, &ureq::Error::from(error));
            return Err(self.cut(refusal));
        }
        if self.line.is_empty() {
            return Ok(None);
        }
        if !self.line.ends_with(b"\n") {
            return Err(self.cut(Refusal::unreadable("a row has no end")));
        }
        self.rows += 1;
        Ok(Some(&self.line))
    }

    /// What went wrong after the first rows.
    fn exception(&mut self) -> Refusal {
        let mut told = std::mem::take(&mut self.line);
        let _ = self.body.by_ref().take(LONGEST_REFUSAL).read_to_end(&mut told);
        self.cut(Refusal::told(self.address, &String::from_utf8_lossy(&told)))
    }

    fn cut(&self, mut refusal: Refusal) -> Refusal {
        if self.rows > 0 {
            let rows = if self.rows == 1 { "row" } else { "rows" };
            refusal.reason = format!("broken off after {} {rows}: {}", self.rows, refusal.reason);
        }
        refusal
    }
}
