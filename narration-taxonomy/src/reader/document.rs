//! A file's text as a TOML document.
//!
//! In: the text. Out: as much of the document as could be read, and whether
//! that is all of it.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::{Key, Reader, Table};
use crate::findings::quoted;
use crate::problem::Problem;
use crate::rules;

/// What the parser says of a second declaration.
const DUPLICATE: &str = "duplicate key";

impl<'a> Reader<'a> {
    /// Parses the file. `None` where its syntax is broken: what is left then
    /// would only raise faults that are none.
    pub(crate) fn document(&mut self) -> Option<Table<'a>> {
        let (root, errors) = DeTable::parse_recoverable(&self.source.text);
        let root = root.into_inner();
        let mut is_sound = true;
        for error in errors {
            if error.message() == DUPLICATE {
                self.duplicate(&root, error.span().unwrap_or_default());
            } else {
                is_sound = false;
                self.syntax_error(&error);
            }
        }
        is_sound.then_some(root)
    }

    fn syntax_error(&mut self, error: &Error) {
        let place = self.place(error.span().unwrap_or_default());
        self.findings.add(&rules::TOML_SYNTAX, place, error.message().to_owned());
    }

    fn duplicate(&mut self, root: &Table<'_>, span: Range<usize>) {
        if self.findings.is_full() {
            self.findings.add(&rules::DUPLICATE, self.place(span), String::new());
            return;
        }
        let key = self.source.text.get(span.clone()).unwrap_or_default();
        let key = key.trim_matches(['"', '\'']);
        let first = self.first_header(&span).or_else(|| first_key(root, key, &span));
        let message = format!("{} is declared twice", quoted(key));
        let mut problem = Problem::new(&rules::DUPLICATE, self.place(span), message);
        if let Some(first) = first {
            problem = problem.with_related(self.source.place(first), "first declared here");
        }
        self.findings.push(problem);
    }

    /// Where the same `[header]` stood first. Its tables were merged, so that
    /// the document itself no longer tells.
    fn first_header(&self, span: &Range<usize>) -> Option<usize> {
        let text = &self.source.text;
        let line_start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let header = header(text.get(line_start..)?.lines().next()?)?;
        let mut at = 0;
        for line in text.get(..line_start)?.split_inclusive('\n') {
            if self::header(line).is_some_and(|other| other == header) {
                return Some(at + line.find('[')? + 1);
            }
            at += line.len();
        }
        None
    }
}

/// The path in a line's table header, without blanks.
fn header(line: &str) -> Option<String> {
    let (path, _) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    Some(path.split_whitespace().collect())
}

/// The last place before `span` where a key of that name stands.
fn first_key(root: &Table<'_>, name: &str, span: &Range<usize>) -> Option<usize> {
    let mut tables = vec![root];
    let mut found = None;
    while let Some(table) = tables.pop() {
        for (key, value) in table.iter() {
            let key: &Key<'_> = key;
            if key.get_ref() == name && key.span().end <= span.start {
                found = found.max(Some(key.span().start));
            }
            match value.get_ref() {
                DeValue::Table(inner) => tables.push(inner),
                DeValue::Array(items) => {
                    tables.extend(items.iter().filter_map(|item| item.get_ref().as_table()));
                }
                _ => {}
            }
        }
    }
    found
}
