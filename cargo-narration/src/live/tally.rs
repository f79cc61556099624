//! Findings in logs, counted.
//!
//! In: findings, line after line. Out: each kind once, with its number and its
//! first place: a million lines with one fault are one fault.

use std::collections::BTreeMap;

use narration_taxonomy::{Rule, Severity};

use crate::logs::Place;

/// A kind of finding.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// The rule that was broken.
    pub(crate) rule: &'static Rule,
    /// How much it counts.
    pub(crate) severity: Severity,
    /// What is wrong, with names.
    pub(crate) message: String,
    /// The way out.
    pub(crate) help: String,
}

impl Kind {
    pub(super) fn new(rule: &'static Rule, message: String) -> Self {
        Self { rule, severity: rule.severity, message, help: rule.help.to_owned() }
    }

    /// The same, counting otherwise.
    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same with the name that was meant, if one is near.
    pub(super) fn meant(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            self.help = format!("did you mean `{name}`? else {}", self.help);
        }
        self
    }
}

/// Kinds with their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Events read.
    pub(crate) events: u64,
    /// Those that are records.
    pub(crate) records: u64,
    /// By code and message.
    pub(crate) kinds: BTreeMap<(&'static str, String), Counted>,
    /// Kinds that were left out because there are too many.
    pub(crate) dropped: u64,
}

/// A kind, its number and its first place.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) kind: Kind,
    pub(crate) count: u64,
    pub(crate) first: Place,
}

/// More kinds than these are nobody's to read: the names come from the log.
const MOST_KINDS: usize = 2000;

impl Tally {
    /// Counts a finding at a place.
    pub(crate) fn add(&mut self, kind: Kind, place: Place) {
        self.count(Counted { kind, count: 1, first: place });
    }

    /// Takes over what another part of the logs came to.
    pub(crate) fn merge(&mut self, other: Self) {
        self.events += other.events;
        self.records += other.records;
        self.dropped += other.dropped;
        other.kinds.into_values().for_each(|counted| self.count(counted));
    }

    fn count(&mut self, counted: Counted) {
        let key = (counted.kind.rule.code, counted.kind.message.clone());
        if let Some(known) = self.kinds.get_mut(&key) {
            known.count += counted.count;
            known.first = known.first.min(counted.first);
        } else if self.kinds.len() < MOST_KINDS {
            self.kinds.insert(key, counted);
        } else {
            self.dropped += counted.count;
        }
    }
}
