//! A fault of a vocabulary, with its place and the way out.
//!
//! In: a [`Rule`] and what was found. Out: a value; rendering it is the
//! caller's business.

use crate::model::Place;
use crate::rule::Rule;

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
