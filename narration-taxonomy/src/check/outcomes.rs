//! The lints on how actions end.

use std::collections::HashMap;

use super::Check;
use crate::findings::quoted;
use crate::model::{Action, Actor, Level, Placed};
use crate::problem::Problem;
use crate::rules;

/// An actor's actions by name.
type Actions<'a> = HashMap<&'a str, &'a Action>;

impl<'a> Check<'a> {
    pub(super) fn outcomes(&mut self, actor: &'a Actor) {
        let actions: Actions<'a> =
            actor.actions.iter().map(|action| (action.name.as_str(), action)).collect();
        for action in &actor.actions {
            for outcome in [&action.ok, &action.failed, &action.cancelled].into_iter().flatten() {
                self.outcome(actor, action, outcome, &actions);
            }
        }
        self.quiet_failures(actor, &actions);
        self.ambiguous_outcomes(actor);
    }

    fn outcome(
        &mut self,
        actor: &'a Actor,
        action: &'a Action,
        outcome: &'a Placed<String>,
        actions: &Actions<'a>,
    ) {
        let name = quoted(&outcome.value);
        if outcome.value == action.name {
            let message = format!("action {name} is its own outcome");
            self.findings.add(&rules::OUTCOME_ITSELF, outcome.place, message);
        } else if !actions.contains_key(outcome.value.as_str()) {
            let message = format!("actor {} has no action {name}", quoted(&actor.name));
            let others = actor.actions.iter().filter(|other| other.name != action.name);
            let known = others.map(|other| other.name.as_str());
            let help = self.findings.suggest(&outcome.value, known);
            let problem = Problem::new(&rules::UNKNOWN_OUTCOME, outcome.place, message);
            self.findings.push(problem.with_help(help));
        }
    }

    /// Told once, where the level is written, for the first that ends so.
    fn quiet_failures(&mut self, actor: &'a Actor, actions: &Actions<'a>) {
        for (name, place) in first_uses(actor, |action| action.failed.as_ref()) {
            let Some(failure) = actions.get(name) else { continue };
            let Some(level_at) = failure.level_at.filter(|_| failure.level < Level::Warn) else {
                continue;
            };
            let message = format!("{} tells a failure at level {}", quoted(name), failure.level);
            let problem = Problem::new(&rules::FAILURE_TOO_QUIET, level_at, message);
            self.findings.push(problem.with_related(place.place, "it is a failure here"));
        }
    }

    fn ambiguous_outcomes(&mut self, actor: &'a Actor) {
        let failures = first_uses(actor, |action| action.failed.as_ref());
        for (name, success) in first_uses(actor, |action| action.ok.as_ref()) {
            if let Some(failure) = failures.get(name) {
                let message = format!("{} is both a success and a failure", quoted(name));
                let problem = Problem::new(&rules::OUTCOME_AMBIGUOUS, failure.place, message);
                self.findings.push(problem.with_related(success.place, "it is a success here"));
            }
        }
    }
}

fn first_uses<'a>(
    actor: &'a Actor,
    outcome: impl Fn(&'a Action) -> Option<&'a Placed<String>>,
) -> HashMap<&'a str, &'a Placed<String>> {
    let mut uses = HashMap::new();
    for used in actor.actions.iter().filter_map(outcome) {
        uses.entry(used.value.as_str()).or_insert(used);
    }
    uses
}
