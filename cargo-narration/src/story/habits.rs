//! How actions tell their ends: in go a vocabulary's declarations and what was seen in other
//! requests, out comes whether a step begins something, and whether one ends something.

use std::collections::{HashMap, HashSet};

use super::{Deed, Operation, Outcome, Step};

/// By which actions an action tells its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The action that tells success.
    pub ok: Option<String>,
    /// The action that tells failure.
    pub failed: Option<String>,
    /// The action that tells that it was given up.
    pub cancelled: Option<String>,
    /// Whether it was seen to end in another request.
    pub seen: bool,
}

impl Ends {
    fn all(&self) -> impl Iterator<Item = (Outcome, &str)> {
        let ends = [
            (Outcome::Ok, &self.ok),
            (Outcome::Failed, &self.failed),
            (Outcome::Cancelled, &self.cancelled),
        ];
        ends.into_iter().filter_map(|(outcome, action)| Some((outcome, action.as_deref()?)))
    }
}

/// What is known of the ends of all actions.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    by_actor: HashMap<String, Actor>,
}

#[derive(Clone, Debug, Default)]
struct Actor {
    actions: HashMap<String, Ends>,
    /// The outcome that an action tells by its name alone.
    outcomes: HashMap<String, Outcome>,
}

impl Habits {
    /// Says what the vocabulary declares of an action.
    pub fn declare(&mut self, actor: &str, action: &str, ends: Ends) {
        let known = self.by_actor.entry(actor.to_owned()).or_default();
        // An action that stands for its own end is told from its start by the outcome alone.
        for (outcome, end) in ends.all().filter(|(_, end)| *end != action) {
            known.outcomes.entry(end.to_owned()).or_insert(outcome);
        }
        let seen = known.actions.get(action).is_some_and(|known| known.seen);
        known.actions.insert(action.to_owned(), Ends { seen: ends.seen || seen, ..ends });
    }

    /// Says that an action was seen to end.
    pub fn see(&mut self, actor: &str, action: &str) {
        let known = self.by_actor.entry(actor.to_owned()).or_default();
        known.actions.entry(action.to_owned()).or_default().seen = true;
    }

    /// Whether whoever does this tells also when it is done: a vocabulary that names the action
    /// for success says so, and so does a request in which it was told. A name for failure alone
    /// does not: what goes well may pass in silence.
    #[must_use]
    pub fn tells_its_end(&self, actor: &str, action: &str) -> bool {
        self.of(actor, action).is_some_and(|ends| ends.ok.is_some() || ends.seen)
    }

    /// The outcome that an action tells by its name.
    pub(super) fn outcome_of(&self, actor: &str, action: &str) -> Option<Outcome> {
        self.by_actor.get(actor)?.outcomes.get(action).copied()
    }

    /// Whether `end` is declared to tell the end of `start`.
    pub(super) fn is_end_of(&self, actor: &str, start: &str, end: &str) -> bool {
        self.of(actor, start).is_some_and(|ends| ends.all().any(|(_, action)| action == end))
    }

    fn of(&self, actor: &str, action: &str) -> Option<&Ends> {
        self.by_actor.get(actor)?.actions.get(action)
    }
}

/// Steps that tell an end by their action's name alone get its outcome.
pub(super) fn mark(steps: &mut [Step], habits: &Habits) {
    for step in steps.iter_mut().filter(|step| step.outcome.is_none()) {
        step.outcome = habits.outcome_of(&step.entry.actor, &step.entry.action);
    }
}

/// Learns from events of other requests which actions tell their ends. What often goes on without
/// an end does not, whatever happened to fit once.
pub(super) fn learn(habits: &mut Habits, steps: &[Step], operations: &[Operation]) {
    let mut ended: HashMap<Deed, i64> = HashMap::new();
    for operation in operations.iter().filter(|operation| operation.proves_a_start(steps)) {
        *ended.entry((operation.actor.clone(), operation.action.clone())).or_default() += 1;
    }
    let paired: HashSet<usize> =
        operations.iter().filter(|one| one.end().is_some()).filter_map(Operation::start).collect();
    let request = |step: &Step| {
        (step.entry.actor.clone(), step.entry.correlation_id().unwrap_or_default().to_owned())
    };
    let last: HashMap<(String, String), usize> =
        steps.iter().enumerate().map(|(at, step)| (request(step), at)).collect();
    for (at, step) in steps.iter().enumerate() {
        let goes_on = last.get(&request(step)).is_some_and(|last| *last > at);
        // What says that it has begun something is no passing remark.
        let remark = step.outcome.is_none() && !step.says_it_began();
        if remark && !paired.contains(&at) && goes_on {
            let deed = (step.entry.actor.clone(), step.entry.action.clone());
            if let Some(count) = ended.get_mut(&deed) {
                *count -= 1;
            }
        }
    }
    for ((actor, action), count) in ended {
        if count > 0 {
            habits.see(&actor, &action);
        }
    }
}
