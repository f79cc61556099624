//! A request in a few words: in go its events one by one, out come its two ends and what is
//! needed to judge its links.

use std::collections::{BTreeMap, BTreeSet};

use super::Deed;
use super::survey::Gather;
use crate::logs::{Entry, Nanos};

/// More different values than this are not kept: two are enough to see that they differ.
const FEW: usize = 4;

/// A request in a few words.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// When and with what it begins.
    pub first: Option<(Nanos, Deed)>,
    /// When and with what it ends, and the outcome that the last event tells.
    pub last: Option<(Nanos, Deed, Option<String>)>,
    /// When each service first spoke.
    pub actors: BTreeMap<String, Nanos>,
    /// Which actions there are.
    pub deeds: BTreeSet<Deed>,
    /// How many events.
    pub steps: u64,
    /// The times of all events.
    pub times: Vec<Nanos>,
    /// The sessions it names, the first few.
    pub sessions: BTreeSet<String>,
    /// The traces it names, the first few.
    pub traces: BTreeSet<String>,
    /// How long its actions took, by their outcomes, in milliseconds.
    pub durations: BTreeMap<Deed, f64>,
    /// Whether something failed.
    pub failed: bool,
}

impl Brief {
    /// From the first event to the last, in nanoseconds.
    #[must_use]
    pub fn length(&self) -> Nanos {
        match (&self.first, &self.last) {
            (Some((first, _)), Some((last, ..))) => last.saturating_sub(*first),
            _ => 0,
        }
    }

    /// The longest time in which nothing was told, in nanoseconds, and when it began.
    #[must_use]
    pub fn longest_silence(&self) -> Option<(Nanos, Nanos)> {
        let mut times = self.times.clone();
        times.sort_unstable();
        let silences = times.windows(2).filter_map(|pair| match pair {
            [one, other] => Some((other.saturating_sub(*one), *one)),
            _ => None,
        });
        silences.max()
    }
}

impl Gather for Brief {
    fn add(&mut self, entry: &Entry) {
        self.steps += 1;
        let deed = (entry.actor.clone(), entry.action.clone());
        for (set, name) in [(&mut self.sessions, "session_id"), (&mut self.traces, "trace_id")] {
            if let Some(value) = entry.text(name).filter(|_| set.len() < FEW) {
                set.insert(value.to_owned());
            }
        }
        if let (Some(_), Some(took)) = (entry.outcome(), entry.number("duration_ms")) {
            *self.durations.entry(deed.clone()).or_default() += took;
        }
        self.failed |= matches!(entry.outcome(), Some("failed" | "panicked"));
        let Some(time) = entry.time else { return };
        self.times.push(time);
        let spoke = self.actors.entry(deed.0.clone()).or_insert(time);
        *spoke = time.min(*spoke);
        if self.first.as_ref().is_none_or(|(first, _)| time < *first) {
            self.first = Some((time, deed.clone()));
        }
        if self.last.as_ref().is_none_or(|(last, ..)| time >= *last) {
            self.last = Some((time, deed.clone(), entry.outcome().map(str::to_owned)));
        }
        self.deeds.insert(deed);
    }

    fn join(&mut self, other: Self) {
        self.steps += other.steps;
        self.failed |= other.failed;
        self.times.extend(other.times);
        self.deeds.extend(other.deeds);
        self.sessions.extend(other.sessions);
        self.traces.extend(other.traces);
        for (deed, took) in other.durations {
            *self.durations.entry(deed).or_default() += took;
        }
        for (actor, time) in other.actors {
            let spoke = self.actors.entry(actor).or_insert(time);
            *spoke = time.min(*spoke);
        }
        let earlier = |one: &(Nanos, Deed), two: &(Nanos, Deed)| one.0 < two.0;
        match (&self.first, other.first) {
            (Some(own), Some(first)) if !earlier(&first, own) => {}
            (_, Some(first)) => self.first = Some(first),
            (_, None) => {}
        }
        match (&self.last, other.last) {
            (Some(own), Some(last)) if last.0 < own.0 => {}
            (_, Some(last)) => self.last = Some(last),
            (_, None) => {}
        }
    }
}
