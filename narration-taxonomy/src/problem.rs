//! A fault of a vocabulary, with its place and the way out.
//!
//! In: a [`Rule`] and what was found. Out: a value; rendering it is the
//! caller's business.

use crate::model::Place;
use crate::rule::{Rule, Severity};

/// One fault found in a vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The place of the wrong word.
    pub place: Place,
    /// What is wrong, with names.
    pub message: String,
    /// The way out for this very case, a did-you-mean for instance.
    pub help: Option<String>,
    /// Other places that explain it: the first declaration of a duplicate.
    pub related: Vec<(Place, String)>,
}

impl Problem {
    /// A problem without help of its own and without related places.
    #[must_use]
    pub fn new(rule: &'static Rule, place: Place, message: String) -> Self {
        Self { rule, place, message, help: None, related: Vec::new() }
    }

    /// The same with a way out for this very case.
    #[must_use]
    pub fn with_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The same with another place that explains it.
    #[must_use]
    pub fn with_related(mut self, place: Place, note: &str) -> Self {
        self.related.push((place, note.to_owned()));
        self
    }

    /// Whether it stops a build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.rule.severity == Severity::Error
    }
}
