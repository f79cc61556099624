//! Rows that are kept: in go questions, out comes a log of the rows that answer them, each row once
//! however many questions it answers.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::query::Query;
use super::{Refusal, Table};
use crate::logs::{Source, Sources, Stop, Trouble};

/// Rows that are kept in a nameless file.
pub(super) struct Rows<'a> {
    file: File,
    length: u64,
    /// Fingerprints of the rows of earlier questions.
    known: HashSet<u64>,
    troubles: Vec<Refusal>,
    stop: &'a Stop,
    stopped: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(stop: &'a Stop) -> Result<Self, Refusal> {
        let file = tempfile::tempfile().map_err(|error| kept(&error))?;
        let (known, troubles) = (HashSet::new(), Vec::new());
        Ok(Self { file, length: 0, known, troubles, stop, stopped: false })
    }

    /// Adds the rows of an answer that no earlier one had.
    pub(super) fn add(&mut self, table: &Table, query: &Query) {
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
    pub(super) fn into_sources(self, table: &Table) -> Result<Sources, Refusal> {
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
