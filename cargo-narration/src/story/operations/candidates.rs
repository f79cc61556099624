//! Which steps may be the start of what ends at another: in go steps, out come those of the same
//! actor and request that no other end has taken, by span, by time and by name.

use std::collections::HashMap;

use crate::logs::Nanos;
use crate::story::Step;

/// How many steps back an outcome without a duration looks for its start.
const BACK: usize = 64;

/// Among how many steps back it looks: most of them are the start of something else.
const FURTHEST: usize = 1024;

/// The last steps of a list that stand before another.
fn latest(list: &[usize], end: usize) -> &[usize] {
    let before = list.partition_point(|at| *at < end);
    list.get(before.saturating_sub(FURTHEST)..before).unwrap_or_default()
}

/// Steps that may be starts, in the order of time.
pub(super) struct Candidates<'a> {
    steps: &'a [Step],
    /// Which of them are the start of something.
    taken: Vec<bool>,
    by_actor: HashMap<&'a str, Vec<usize>>,
    by_span: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_action: HashMap<&'a str, HashMap<&'a str, Vec<usize>>>,
}

impl<'a> Candidates<'a> {
    /// Every step may be a start but those that tell an outcome themselves.
    pub(super) fn of(steps: &'a [Step]) -> Self {
        let mut new = Self {
            steps,
            taken: vec![false; steps.len()],
            by_actor: HashMap::new(),
            by_span: HashMap::new(),
            by_action: HashMap::new(),
        };
        for (at, step) in steps.iter().enumerate() {
            let entry = &step.entry;
            if step.says_how_it_ended() {
                continue;
            }
            let actor = entry.actor.as_str();
            new.by_actor.entry(actor).or_default().push(at);
            new.by_action.entry(actor).or_default().entry(&entry.action).or_default().push(at);
            if let Some(span) = entry.text("span_id") {
                new.by_span.entry((actor, span)).or_default().push(at);
            }
        }
        new
    }

    /// Those in the span of the end that were told from one time to another.
    pub(super) fn in_span(
        &self,
        end: usize,
        from: Nanos,
        to: Nanos,
    ) -> impl Iterator<Item = (usize, &'a Step)> {
        let step = self.steps.get(end);
        let key =
            step.and_then(|step| Some((step.entry.actor.as_str(), step.entry.text("span_id")?)));
        let list = key.and_then(|key| self.by_span.get(&key)).map_or(&[][..], Vec::as_slice);
        self.free(self.told(list, from, to), end)
    }

    /// Those told from one time to another.
    pub(super) fn between(
        &self,
        end: usize,
        from: Nanos,
        to: Nanos,
    ) -> impl Iterator<Item = (usize, &'a Step)> {
        let actor = self.steps.get(end).map(|step| step.entry.actor.as_str());
        let list = actor.and_then(|actor| self.by_actor.get(actor));
        let list = list.map_or(&[][..], Vec::as_slice);
        self.free(self.told(list, from, to), end)
    }

    /// The part of a list that was told from one time to another, both included.
    fn told<'b>(&self, list: &'b [usize], from: Nanos, to: Nanos) -> &'b [usize] {
        let time = |at: &usize| self.steps.get(*at).map_or(Nanos::MAX, |step| step.time);
        let first = list.partition_point(|at| time(at) < from);
        let last = list.partition_point(|at| time(at) <= to);
        list.get(first..last).unwrap_or_default()
    }

    /// The latest with each action that `belongs` to the end's.
    pub(super) fn named(
        &self,
        end: usize,
        mut belongs: impl FnMut(&str) -> bool,
    ) -> impl Iterator<Item = (usize, &'a Step)> {
        let actor = self.steps.get(end).map(|step| step.entry.actor.as_str());
        let actions = actor.and_then(|actor| self.by_action.get(actor)).into_iter().flatten();
        let lists: Vec<&[usize]> = actions
            .filter(|(action, _)| belongs(action))
            .map(|(_, list)| latest(list, end))
            .collect();
        lists.into_iter().flat_map(move |list| self.free(list, end).rev().take(BACK))
    }

    /// Takes a step as the start of something.
    pub(super) fn take(&mut self, start: usize) {
        if let Some(taken) = self.taken.get_mut(start) {
            *taken = true;
        }
    }

    /// Which steps were taken.
    pub(super) fn into_taken(self) -> Vec<bool> {
        self.taken
    }

    fn free(
        &self,
        list: &[usize],
        end: usize,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Step)> {
        let id = self.steps.get(end).and_then(|step| step.entry.correlation_id());
        list.iter()
            .filter(move |at| **at != end && !self.taken.get(**at).copied().unwrap_or(true))
            .filter_map(|at| Some((*at, self.steps.get(*at)?)))
            .filter(move |(_, start)| start.entry.correlation_id() == id)
    }
}
