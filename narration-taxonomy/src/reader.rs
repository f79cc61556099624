//! Reading TOML values with their places.
//!
//! In: a parsed document. Out: values of the type that was asked for; where
//! there is another one, a problem and nothing.

use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::findings::{Findings, quoted};
use crate::model::{Place, Placed};
use crate::problem::Problem;
use crate::rules;
use crate::source::Source;
use crate::spelling::UnknownWord;

mod document;

/// A key of a table, with its place.
pub(crate) type Key<'t> = Spanned<DeString<'t>>;
/// A value of a table, with its place.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;
/// A table of the document.
pub(crate) type Table<'t> = DeTable<'t>;

/// Reads one file, noting every problem.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Source,
    pub(crate) findings: &'a mut Findings,
}

/// The entries in the order they were written in.
pub(crate) fn entries<'t, 'a>(table: &'t Table<'a>) -> Vec<(&'t Key<'a>, &'t Value<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

impl Reader<'_> {
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        self.source.place(span.start)
    }

    pub(crate) fn unknown_key(&mut self, key: &Key<'_>, table: &str, known: &[&str]) {
        let help = self
            .findings
            .suggest(key.get_ref(), known.iter().copied())
            .or_else(|| Some(format!("{table} knows {}", known.join(", "))));
        let message = format!("unknown key {} in {table}", quoted(key.get_ref()));
        let problem = Problem::new(&rules::UNKNOWN_KEY, self.place(key.span()), message);
        self.findings.push(problem.with_help(help));
    }

    pub(crate) fn wrong_type(&mut self, value: &Value<'_>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        let key = quoted(key);
        let message = format!("{key} takes {expected}, this is a value of type {found}");
        self.findings.add(&rules::WRONG_TYPE, self.place(value.span()), message);
    }

    pub(crate) fn table<'t, 'v>(
        &mut self,
        value: &'t Value<'v>,
        key: &str,
    ) -> Option<&'t Table<'v>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, key, "a table");
        }
        table
    }

    pub(crate) fn string(&mut self, value: &Value<'_>, key: &str) -> Option<Placed<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, key, "a string");
            return None;
        };
        Some(Placed { value: text.to_owned(), place: self.place(value.span()) })
    }

    pub(crate) fn text(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        self.string(value, key).map(|text| text.value)
    }

    pub(crate) fn strings(&mut self, value: &Value<'_>, key: &str) -> Vec<Placed<String>> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "an array of strings");
            return Vec::new();
        };
        array.iter().filter_map(|item| self.string(item, key)).collect()
    }

    /// Anything that is written in one word, as it would be read in a record.
    pub(crate) fn scalar(&mut self, value: &Value<'_>, key: &str) -> Option<Placed<String>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(yes) => yes.to_string(),
            DeValue::Datetime(time) => time.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_type(value, key, "a single value");
                return None;
            }
        };
        Some(Placed { value: text, place: self.place(value.span()) })
    }

    /// A word out of a closed set.
    pub(crate) fn word<T>(&mut self, value: &Value<'_>, key: &str) -> Option<Placed<T>>
    where
        T: FromStr<Err = UnknownWord>,
    {
        let text = self.string(value, key)?;
        match text.value.parse() {
            Ok(value) => Some(Placed { value, place: text.place }),
            Err(unknown) => {
                self.unknown_word(&text, key, unknown.allowed);
                None
            }
        }
    }

    pub(crate) fn unknown_word(&mut self, text: &Placed<String>, key: &str, allowed: &[&str]) {
        let word = quoted(&text.value);
        let message = format!("`{key}` cannot be {word}: it is one of {}", allowed.join(", "));
        let help = self.findings.suggest(&text.value, allowed.iter().copied());
        let problem = Problem::new(&rules::UNKNOWN_WORD, text.place, message);
        self.findings.push(problem.with_help(help));
    }
}
