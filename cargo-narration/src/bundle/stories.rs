//! The stories of a bundle, and which tests they come from.
//!
//! In: the parts of a bundle, and what a test run recorded. Out: each story's
//! digest, so that two releases can be compared at a glance, the source that
//! asserts it, and the tests of the run that held this very text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::sums::slashed;
use super::{Part, digest};
use crate::coverage::Held;

/// Where stories lie in a bundle.
const FOLDER: &str = "stories/";

/// What tests held, by where the file lies in a bundle.
pub(crate) type ByPlace = BTreeMap<String, Vec<Held>>;

/// A story, as `stories.json` has it.
#[derive(Debug, Serialize)]
pub(crate) struct Story {
    file: String,
    sha256: String,
    /// The name it is asserted by, and the source; a story that was only added has neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asserted_in: Option<String>,
    /// The tests of the recorded run that were told this very text.
    held_by: BTreeSet<Test>,
}

/// A test, or a scenario, that held a story against its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Test {
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
}

impl Story {
    /// Every story of a bundle.
    pub(crate) fn all(parts: &[Part], held: &ByPlace) -> Vec<Self> {
        let stories = parts.iter().filter(|part| part.path.starts_with(FOLDER));
        stories.map(|part| Self::of(part, held.get(&part.path))).collect()
    }

    fn of(part: &Part, held: Option<&Vec<Held>>) -> Self {
        let sha256 = digest(&part.bytes);
        let text = String::from_utf8_lossy(&part.bytes);
        let head = |words: &str| {
            let lines = text.lines().take_while(|line| line.starts_with('#'));
            lines.filter_map(|line| line.strip_prefix(words)).map(str::to_owned).next()
        };
        // What was held against another text says nothing about this one.
        let same = || held.into_iter().flatten().filter(|held| held.sha256 == sha256);
        // A step notes what it holds at once, and again when its scenario's name is known.
        let noted_again = |at: &str| same().any(|held| held.scenario.is_some() && held.at == at);
        let whole = same().filter(|held| held.scenario.is_some() || !noted_again(&held.at));
        let held_by = whole.map(|held| Test {
            at: held.at.clone(),
            test: held.test.clone(),
            scenario: held.scenario.clone(),
        });
        Self {
            file: part.path.clone(),
            story: head("# story: "),
            asserted_in: head("# asserted in: "),
            held_by: held_by.collect(),
            sha256,
        }
    }

    /// The place of a story that a test asserts, and no test of the run did.
    pub(crate) fn unheld(&self) -> Option<&str> {
        (self.asserted_in.is_some() && self.held_by.is_empty()).then_some(self.file.as_str())
    }
}

/// What was held, by where the file lies in a bundle of the workspace.
pub(super) fn by_place(root: &Path, held: BTreeSet<Held>) -> ByPlace {
    let mut places = ByPlace::new();
    let Ok(root) = fs::canonicalize(root) else { return places };
    for held in held {
        let file = fs::canonicalize(&held.file);
        if let Ok(inside) = file.as_deref().unwrap_or(&held.file).strip_prefix(&root) {
            places.entry(format!("{FOLDER}{}", slashed(inside))).or_default().push(held);
        }
    }
    places
}
