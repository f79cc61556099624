//! Starts and their outcomes: in go steps, out come operations that ended, and which steps are
//! the start of one.
//!
//! The strongest evidence has the first word, so that a guess never takes the start of what is
//! certain: first the span, the duration that an outcome tells and the names, then the duration
//! and the names, then the names, with the span, the log and the arguments to choose among
//! several; and last the duration alone.

use std::sync::Arc;

use super::Operation;
use super::candidates::Candidates;
use super::relation::{Names, differ, off, slack};
use crate::logs::Nanos;
use crate::story::at::At;
use crate::story::{Habits, Step};

/// Pairs outcomes with their starts. The second list says of each step whether it is a start.
pub(super) fn pair(steps: &[Step], habits: &Habits) -> (Vec<Operation>, Vec<bool>) {
    let ends: Vec<usize> = (0..steps.len())
        .filter(|at| steps.get(*at).is_some_and(|one| one.outcome.is_some()))
        .collect();
    let mut pairing = Pairing { steps, habits, candidates: Candidates::of(steps) };
    let mut starts: Vec<Option<usize>> = vec![None; ends.len()];
    type Way<'a> = fn(&Pairing<'a>, usize) -> Option<usize>;
    let ways: [Way<'_>; 5] = [
        |pairing, end| pairing.by_span(end, |names| names < Names::Apart),
        Pairing::by_time,
        Pairing::by_name,
        |pairing, end| pairing.by_span(end, |names| names == Names::Apart),
        Pairing::by_time_alone,
    ];
    for way in ways {
        for (end, start) in ends.iter().zip(&mut starts).filter(|(_, start)| start.is_none()) {
            *start = way(&pairing, *end);
            if let Some(start) = *start {
                pairing.candidates.take(start);
            }
        }
    }
    let operations = ends.iter().zip(starts);
    let operations = operations.filter_map(|(end, start)| pairing.ended(*end, start)).collect();
    (operations, pairing.candidates.into_taken())
}

struct Pairing<'a> {
    steps: &'a [Step],
    habits: &'a Habits,
    candidates: Candidates<'a>,
}

impl Pairing<'_> {
    fn names(&self, start: &Step, end: &Step) -> Names {
        Names::of(&end.entry.actor, &start.entry.action, &end.entry.action, self.habits)
    }

    /// The step in the same span at the time the outcome's duration points to.
    fn by_span(&self, end: usize, fits: impl Fn(Names) -> bool) -> Option<usize> {
        let (step, took) = self.measured(end)?;
        let (from, to) = when(step, took, slack(took, Names::Alike));
        self.candidates
            .in_span(end, from, to)
            .map(|(at, start)| (self.names(start, step), off(step, start, took), at))
            .filter(|(names, off, _)| fits(*names) && *off <= slack(took, *names))
            .min()
            .map(|(.., at)| at)
    }

    /// The step with a name that belongs to the outcome's, at the time its duration points to.
    fn by_time(&self, end: usize) -> Option<usize> {
        let (step, took) = self.measured(end)?;
        self.told_at(end, slack(took, Names::Alike))
            .map(|(at, start)| {
                let log = self.elsewhere(start, step);
                (self.names(start, step), differ(start, step), log, off(step, start, took), at)
            })
            .filter(|(names, ..)| *names < Names::Apart)
            .min()
            .map(|(.., at)| at)
    }

    /// The one step that was told at the time the outcome's duration points to, whatever its
    /// name, and about nothing else than the outcome.
    fn by_time_alone(&self, end: usize) -> Option<usize> {
        let (step, took) = self.measured(end)?;
        let told = self.told_at(end, slack(took, Names::Apart));
        let mut told = told.filter(|(at, start)| *at < end && !differ(start, step));
        let (only, _) = told.next()?;
        told.next().is_none().then_some(only)
    }

    /// An outcome that says how long it took.
    fn measured(&self, end: usize) -> Option<(&Step, Nanos)> {
        let step = self.steps.get(end)?;
        Some((step, step.took()?))
    }

    /// What was told when something began that ended here, give or take; and in the same span.
    fn told_at(&self, end: usize, slack: Nanos) -> impl Iterator<Item = (usize, &Step)> {
        let step = self.measured(end);
        let span = step.and_then(|(step, _)| step.entry.text("span_id"));
        let (from, to) = step.map_or((0, 0), |(step, took)| when(step, took, slack));
        let told = self.candidates.between(end, from, to);
        told.filter(move |(_, start)| start.entry.text("span_id") == span)
    }

    /// The latest step whose action the outcome's belongs to. One that tells how long it took
    /// belongs to a step at that time, or to none.
    fn by_name(&self, end: usize) -> Option<usize> {
        let step = self.steps.get(end).filter(|step| step.took().is_none())?;
        let belongs = |action: &str| {
            let entry = &step.entry;
            Names::of(&entry.actor, action, &entry.action, self.habits) < Names::Apart
        };
        self.candidates
            .named(end, belongs)
            .map(|(at, start)| {
                let span = start.entry.text("span_id") != step.entry.text("span_id");
                let log = self.elsewhere(start, step);
                (differ(start, step), span, log, self.names(start, step), std::cmp::Reverse(at))
            })
            .min()
            .map(|(.., at)| at.0)
    }

    fn is_guess(&self, start: &Step, end: &Step) -> bool {
        let span = start.entry.text("span_id").is_some();
        !span && self.names(start, end) == Names::Apart
    }

    /// Whether two steps stand in different logs: those of two replicas, perhaps.
    fn elsewhere(&self, start: &Step, end: &Step) -> bool {
        start.entry.place().source != end.entry.place().source
    }

    /// The operation that ends at a step. A step that tells an end by its name alone ends nothing
    /// where nothing began.
    fn ended(&self, end: usize, start: Option<usize>) -> Option<Operation> {
        let step = self.steps.get(end)?;
        let began = start.and_then(|start| self.steps.get(start));
        if began.is_none() && !step.says_how_it_ended() {
            return None;
        }
        let took = step.took().map(|took: Nanos| step.time.saturating_sub(took));
        let from = began.map(|step| step.time).or(took).unwrap_or(step.time);
        Some(Operation {
            start: start.and_then(At::of),
            end: At::of(end),
            site: Arc::clone(began.unwrap_or(step).entry.site()),
            from: from.min(step.time),
            to: Some(step.time),
            outcome: step.outcome,
            parent: None,
            guessed: began.is_some_and(|start| self.is_guess(start, step)),
        })
    }
}

/// When something began that ended at a step, give or take: from when to when.
fn when(end: &Step, took: Nanos, slack: Nanos) -> (Nanos, Nanos) {
    let began = end.time.saturating_sub(took);
    // A count of milliseconds may be short by almost one.
    let earliest = began.saturating_sub(slack).saturating_sub(1_000_000);
    (earliest, began.saturating_add(slack).min(end.time))
}
