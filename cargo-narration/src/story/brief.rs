//! A request in a few words: in go its events one by one, out come its two ends and what is
//! needed to judge its links.
//!
//! Events come in parts and in any order, the same one perhaps twice. What repetition would change
//! is therefore kept event by event, in a few bytes, and added up by [`Gather::settle`].

use std::collections::{BTreeMap, BTreeSet};

use narration_record::Level;

use super::survey::Gather;
use super::{Deed, Ending, Habits, Outcome};
use crate::logs::{Glimpse, Nanos};

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
    pub deeds: Vec<Deed>,
    /// How many events.
    pub steps: u64,
    /// The sessions it names, the first few.
    pub sessions: BTreeSet<String>,
    /// The traces it names, the first few.
    pub traces: BTreeSet<String>,
    /// How long its actions took, by their outcomes, in milliseconds.
    pub durations: BTreeMap<Deed, f64>,
    /// Whether something failed.
    pub failed: bool,
    /// The outcomes its events tell, a level of error for a failure.
    outcomes: BTreeSet<Outcome>,
    /// The time and the fingerprint of every event that has a time.
    seen: Vec<(Nanos, u64)>,
    /// The events without a time; these cannot be told from their copies.
    untimed: u64,
    /// The fingerprint of an outcome, the deed, and how long it took.
    took: Vec<(u64, usize, f64)>,
    /// When it begins, and the deed.
    begin: Option<(Nanos, usize)>,
    /// When it ends, the deed, and the outcome.
    end: Option<(Nanos, usize, Option<Box<str>>)>,
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

    /// Whether its story may have ended so: where an outcome is nowhere told, it is not its end.
    #[must_use]
    pub fn may_end(&self, ending: Ending, habits: &Habits) -> bool {
        let words: &[Outcome] = match ending {
            Ending::Ok => &[Outcome::Ok],
            Ending::Cancelled => &[Outcome::Cancelled],
            Ending::Failed => &[Outcome::Failed, Outcome::Panicked],
            Ending::Open | Ending::Unknown => return true,
        };
        let named = || self.deeds.iter().filter_map(|(who, what)| habits.outcome_of(who, what));
        words.iter().any(|word| self.outcomes.contains(word) || named().any(|one| one == *word))
    }

    /// The longest time in which nothing was told, in nanoseconds, and when it began.
    #[must_use]
    pub fn longest_silence(&self) -> Option<(Nanos, Nanos)> {
        let silences = self.seen.windows(2).filter_map(|pair| match pair {
            [(one, _), (other, _)] => Some((other.saturating_sub(*one), *one)),
            _ => None,
        });
        silences.max()
    }

    /// Nothing but the times of its events, in their order; what else is known is added.
    pub(crate) fn at(times: impl IntoIterator<Item = Nanos>) -> Self {
        let seen = times.into_iter().map(|time| (time, 0)).collect();
        Self { seen, ..Self::default() }
    }

    fn deed(&mut self, actor: &str, action: &str) -> usize {
        let known = self.deeds.iter().position(|deed| deed.1 == action && deed.0 == actor);
        known.unwrap_or_else(|| {
            self.deeds.push((actor.to_owned(), action.to_owned()));
            self.deeds.len() - 1
        })
    }

    fn spoke(&mut self, actor: &str, time: Nanos) {
        match self.actors.get_mut(actor) {
            Some(spoke) => *spoke = time.min(*spoke),
            None => {
                self.actors.insert(actor.to_owned(), time);
            }
        }
    }

    fn begins(&mut self, time: Nanos, deed: usize) {
        if self.begin.is_none_or(|(first, _)| time < first) {
            self.begin = Some((time, deed));
        }
    }

    fn ends(&mut self, time: Nanos, deed: usize, outcome: impl FnOnce() -> Option<Box<str>>) {
        if self.end.as_ref().is_none_or(|(last, ..)| time >= *last) {
            self.end = Some((time, deed, outcome()));
        }
    }
}

impl Gather for Brief {
    fn add(&mut self, event: &Glimpse<'_>) {
        let deed = self.deed(event.actor, event.action);
        keep(&mut self.sessions, event.session_id);
        keep(&mut self.traces, event.trace_id);
        if let (Some(_), Some(took)) = (event.outcome, event.duration_ms) {
            self.took.push((event.print, deed, took));
        }
        self.failed |= matches!(event.outcome, Some("failed" | "panicked"));
        let wrong = (event.level == Level::Error).then_some(Outcome::Failed);
        self.outcomes.extend(event.outcome.and_then(Outcome::of).into_iter().chain(wrong));
        let Some(time) = event.time else {
            self.untimed += 1;
            return;
        };
        self.seen.push((time, event.print));
        self.spoke(event.actor, time);
        self.begins(time, deed);
        self.ends(time, deed, || event.outcome.map(Box::from));
    }

    fn join(&mut self, other: Self) {
        let deeds: Vec<usize> =
            other.deeds.iter().map(|(actor, action)| self.deed(actor, action)).collect();
        let here = |deed: usize| deeds.get(deed).copied().unwrap_or(deed);
        self.failed |= other.failed;
        self.outcomes.extend(other.outcomes);
        self.untimed += other.untimed;
        self.seen.extend(other.seen);
        self.took.extend(other.took.into_iter().map(|(print, deed, ms)| (print, here(deed), ms)));
        self.sessions.extend(other.sessions);
        self.traces.extend(other.traces);
        other.actors.iter().for_each(|(actor, time)| self.spoke(actor, *time));
        if let Some((time, deed)) = other.begin {
            self.begins(time, here(deed));
        }
        if let Some((time, deed, outcome)) = other.end {
            self.ends(time, here(deed), || outcome);
        }
    }

    fn settle(&mut self) -> u64 {
        let before = self.seen.len();
        self.seen.sort_unstable();
        self.seen.dedup();
        self.seen.shrink_to_fit();
        self.steps = self.seen.len() as u64 + self.untimed;
        let mut took = std::mem::take(&mut self.took);
        took.sort_unstable_by_key(|(print, deed, _)| (*print, *deed));
        took.dedup_by_key(|(print, deed, _)| (*print, *deed));
        let deed = |at: usize| self.deeds.get(at).cloned().unwrap_or_default();
        for (_, at, took) in took {
            *self.durations.entry(deed(at)).or_default() += took;
        }
        self.first = self.begin.map(|(time, at)| (time, deed(at)));
        let end = self.end.as_ref();
        self.last =
            end.map(|(time, at, end)| (*time, deed(*at), end.as_deref().map(str::to_owned)));
        (before - self.seen.len()) as u64
    }

    fn count(&self) -> u64 {
        self.steps
    }
}

fn keep(set: &mut BTreeSet<String>, value: Option<&str>) {
    if let Some(value) = value.filter(|value| set.len() < FEW && !set.contains(*value)) {
        set.insert(value.to_owned());
    }
}
