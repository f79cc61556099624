//! Starts and their outcomes: in go steps, out come operations that ended, and which steps they
//! are made of.

use std::collections::HashMap;

use super::Operation;
use crate::logs::Nanos;
use crate::story::Step;

/// A count of milliseconds says this much less than the time that passed.
const TRUNCATED: Nanos = 1_000_000;

/// How far an outcome's arithmetic may be off: writing takes time, too.
const SLACK: Nanos = 5_000_000;

/// How many steps back an outcome without a duration looks for its start.
const BACK: usize = 64;

/// Pairs outcomes with their starts. The second list says of each step whether it has its place.
pub(super) fn pair(steps: &[Step]) -> (Vec<Operation>, Vec<bool>) {
    let mut pairing = Pairing {
        steps,
        taken: vec![false; steps.len()],
        by_actor: HashMap::new(),
        by_span: HashMap::new(),
    };
    let mut operations = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if step.entry.outcome().is_some() {
            operations.push(pairing.ended(at, step));
            pairing.taken[at] = true;
            continue;
        }
        let actor = step.entry.actor.as_str();
        pairing.by_actor.entry(actor).or_default().push(at);
        if let Some(span) = step.entry.text("span_id") {
            pairing.by_span.entry((actor, span)).or_default().push(at);
        }
    }
    (operations, pairing.taken)
}

/// Steps that may be starts, in the order of time.
struct Pairing<'a> {
    steps: &'a [Step],
    /// Which of them have their place.
    taken: Vec<bool>,
    by_actor: HashMap<&'a str, Vec<usize>>,
    by_span: HashMap<(&'a str, &'a str), Vec<usize>>,
}

impl Pairing<'_> {
    fn ended(&mut self, end: usize, step: &Step) -> Operation {
        let took = duration(step);
        let start = self.by_span(step).or_else(|| match took {
            Some(took) => self.by_time(step, took),
            None => self.by_name(step),
        });
        if let Some(start) = start {
            self.taken[start] = true;
        }
        let began = start.and_then(|start| self.steps.get(start));
        let from = began.map(|step| step.time).or(took.map(|took| step.time.saturating_sub(took)));
        Operation {
            start,
            end: Some(end),
            actor: step.entry.actor.clone(),
            action: began.unwrap_or(step).entry.action.clone(),
            from: from.unwrap_or(step.time).min(step.time),
            to: Some(step.time),
            outcome: step.entry.outcome().map(str::to_owned),
            span: step.entry.text("span_id").map(str::to_owned),
            parent: None,
        }
    }

    /// Those of a list that may be the start of what ends here.
    fn free<'b>(
        &'b self,
        list: &'b [usize],
        step: &'b Step,
    ) -> impl DoubleEndedIterator<Item = (usize, &'b Step)> {
        let id = step.entry.correlation_id();
        list.iter()
            .filter(|at| !self.taken.get(**at).copied().unwrap_or(true))
            .filter_map(|at| Some((*at, self.steps.get(*at)?)))
            .filter(move |(_, start)| start.entry.correlation_id() == id)
    }

    fn of_actor(&self, step: &Step) -> &[usize] {
        self.by_actor.get(step.entry.actor.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The first step in the same span is its start. A span that lasts longer than the operation
    /// has others in it.
    fn by_span(&self, step: &Step) -> Option<usize> {
        let span = (step.entry.actor.as_str(), step.entry.text("span_id")?);
        let took = duration(step);
        let near =
            |start: &Step| took.is_none_or(|took| off(step, start, took) <= SLACK + took / 50);
        let inside = self.by_span.get(&span)?;
        self.free(inside, step).find(|(_, start)| near(start)).map(|(at, _)| at)
    }

    /// The step at the time the outcome's duration points to; one with a related name first.
    fn by_time(&self, step: &Step, took: Nanos) -> Option<usize> {
        let slack = SLACK + took / 100;
        let began = step.time.saturating_sub(took);
        let (earliest, latest) =
            (began.saturating_sub(slack + TRUNCATED), began.saturating_add(slack));
        let list = self.of_actor(step);
        let time = |at: &usize| self.steps.get(*at).map_or(Nanos::MAX, |step| step.time);
        let from = list.partition_point(|at| time(at) < earliest);
        let to = list.partition_point(|at| time(at) <= latest);
        self.free(list.get(from..to)?, step)
            .filter(|(_, start)| start.entry.text("span_id") == step.entry.text("span_id"))
            .min_by_key(|(_, start)| (!related(start, step), off(step, start, took)))
            .map(|(at, _)| at)
    }

    fn by_name(&self, step: &Step) -> Option<usize> {
        let mut back = self.free(self.of_actor(step), step).rev().take(BACK);
        back.find(|(_, start)| related(start, step)).map(|(at, _)| at)
    }
}

/// What an outcome says it took, in nanoseconds.
fn duration(step: &Step) -> Option<Nanos> {
    let millis = step.entry.number("duration_ms")?;
    // Beyond 64 bits stands no duration.
    Some((millis * 1e6) as Nanos)
}

/// How far the start is from where the outcome's duration points.
fn off(end: &Step, start: &Step, took: Nanos) -> Nanos {
    let passed = end.time.saturating_sub(start.time);
    let more = passed.saturating_sub(took);
    if more < 0 { more.saturating_neg() } else { more.saturating_sub(TRUNCATED).max(0) }
}

/// `download` and `downloaded`, `verify` and `verify-failed`.
fn related(start: &Step, end: &Step) -> bool {
    let (start, end) = (&start.entry.action, &end.entry.action);
    end.starts_with(start.trim_end_matches('e')) || end.starts_with(start.trim_end_matches('y'))
}
