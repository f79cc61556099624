//! `[[package.metadata.narration.allow]]`: what a package means to be as it is.
//!
//! In: the entries of a manifest. Out: whether a leftover or an action is among
//! them, and which entries are idle or malformed.

use std::cell::Cell;
use std::path::Path;

use globset::{Glob, GlobMatcher};
use narration_taxonomy::{Allowed, Placed};

use super::Survey;
use super::leftovers::Leftover;
use crate::findings::Finding;
use crate::rules;
use crate::vocabularies::Known;

/// The entries of one manifest.
#[derive(Default)]
pub(crate) struct Exceptions {
    entries: Vec<Entry>,
}

struct Entry {
    written: Allowed,
    path: Option<GlobMatcher>,
    /// How often it was needed.
    used: Cell<usize>,
}

impl Exceptions {
    pub(super) fn of(known: &Known) -> Self {
        let allowed = &known.vocabulary.loaded().manifest.allow;
        let entry = |written: &Allowed| Entry {
            path: written.path.as_ref().and_then(matcher),
            written: written.clone(),
            used: Cell::new(0),
        };
        Self { entries: allowed.iter().map(entry).collect() }
    }

    /// How many findings were left alone.
    pub(crate) fn used(&self) -> usize {
        self.entries.iter().map(|entry| entry.used.get()).sum()
    }

    /// Whether a leftover is meant to be there.
    pub(super) fn allow_macro(&self, folder: &Path, leftover: &Leftover) -> bool {
        let Some(spot) = &leftover.finding.spot else { return false };
        let path = spot.text.path.strip_prefix(folder).unwrap_or(&spot.text.path);
        self.any(|entry| {
            let written = &entry.written;
            let here = entry.path.as_ref().is_none_or(|glob| glob.is_match(path));
            let broken = written.path.is_some() && entry.path.is_none();
            let names = &written.macros;
            let named = names.is_empty()
                || names.iter().any(|name| name.value.trim_end_matches('!') == leftover.name);
            here && !broken && named && written.actions.is_empty()
        })
    }

    /// Whether an action needs no call.
    pub(super) fn allow_action(&self, actor: &str, action: &str) -> bool {
        self.any(|entry| {
            entry.written.actions.iter().any(|name| match name.value.split_once('.') {
                Some((of, "*")) => of == actor,
                Some((of, name)) => of == actor && name == action,
                None => false,
            })
        })
    }

    fn any(&self, holds: impl Fn(&Entry) -> bool) -> bool {
        let entry = self.entries.iter().find(|entry| holds(entry));
        if let Some(entry) = entry {
            entry.used.set(entry.used.get() + 1);
        }
        entry.is_some()
    }
}

fn matcher(path: &Placed<String>) -> Option<GlobMatcher> {
    Glob::new(&path.value).ok().map(|glob| glob.compile_matcher())
}

/// Entries that do not hold, or that nothing needs any more.
pub(super) fn faults(survey: &Survey) -> Vec<Finding> {
    let told = |entry: &Entry| {
        let message = fault(entry, survey)?;
        let spot = survey.known.spot(entry.written.place);
        Some(Finding::new(&rules::IDLE_EXCEPTION, spot, message))
    };
    survey.exceptions.entries.iter().filter_map(told).collect()
}

fn fault(entry: &Entry, survey: &Survey) -> Option<String> {
    let written = &entry.written;
    let reason = written.reason.as_ref().map(|reason| reason.value.trim());
    if reason.is_none_or(str::is_empty) {
        return Some("an exception without a reason: write `reason = \"…\"`".to_owned());
    }
    if let Some(path) = written.path.as_ref().filter(|_| entry.path.is_none()) {
        return Some(format!("`{}` is no pattern of paths", path.value));
    }
    for name in &written.actions {
        let known = name.value.split_once('.').and_then(|(actor, action)| {
            let actor = survey.known.vocabulary.actor(actor)?;
            (action == "*" || actor.action(action).is_some()).then_some(())
        });
        if known.is_none() {
            return Some(format!(
                "the vocabulary has no action `{}`; write `actor.action`",
                name.value
            ));
        }
    }
    let idle = entry.used.get() == 0 && written.actions.is_empty();
    idle.then(|| "nothing in this package needs the exception".to_owned())
}
