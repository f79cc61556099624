//! Who does what in a record, with which fields.
//!
//! In: a record. Out: names that no vocabulary has, fields that are missing,
//! failures that nobody hears.

use narration_record::Level;
use narration_syntax::{Vocabulary, catalog};
use narration_taxonomy::{Action, Actor, Severity, nearest};

use super::words::quoted;
use super::{Court, Judge, Kind, values};
use crate::logs::Entry;

/// The action of an event that is no narration, but a dependency's.
const LOG: &str = "log";

pub(super) fn check(
    court: &Court<'_>,
    judge: Option<&Judge<'_>>,
    entry: &Entry,
    found: &mut impl FnMut(Kind),
) {
    let Some((judge, actor)) =
        judge.and_then(|judge| Some((judge, judge.vocabulary.actor(&entry.actor)?)))
    else {
        if entry.action != LOG {
            found(unknown_actor(court, &entry.actor));
        }
        return;
    };
    let Some(action) = actor.action(&entry.action) else {
        if entry.action != LOG {
            found(unknown_action(court, actor, &entry.action));
        }
        return;
    };
    fields(judge.vocabulary, action, entry, found);
    too_quiet(actor, action, entry, found);
}

fn unknown_actor(court: &Court<'_>, name: &str) -> Kind {
    let message = format!("no vocabulary has the actor {}", quoted(name));
    let names = court.vocabularies().flat_map(Vocabulary::actors);
    Kind::new(&catalog::UNKNOWN_ACTOR, message).meant(nearest(name, names))
}

fn unknown_action(court: &Court<'_>, actor: &Actor, name: &str) -> Kind {
    let others: Vec<&str> = court
        .vocabularies()
        .flat_map(|vocabulary| vocabulary.actors_with(name))
        .map(|(other, _)| other.name.as_str())
        .collect();
    if let Some(other) = others.first() {
        let message =
            format!("{} is an action of `{other}`, not of `{}`", quoted(name), actor.name);
        return Kind::new(&catalog::FOREIGN_ACTION, message);
    }
    let message = format!("{} has no action {}", actor.name, quoted(name));
    let names = actor.actions.iter().map(|action| action.name.as_str());
    Kind::new(&catalog::UNKNOWN_ACTION, message).meant(nearest(name, names))
}

fn fields(vocabulary: &Vocabulary, action: &Action, entry: &Entry, found: &mut impl FnMut(Kind)) {
    for (key, value) in &entry.fields {
        match vocabulary.field(key) {
            Some(field) => values::check(vocabulary, field, value, found),
            None => {
                let message = format!(
                    "`{}` has the field {}, which is not declared",
                    action.name,
                    quoted(key)
                );
                let names = vocabulary.taxonomy().fields.iter().map(|field| field.name.as_str());
                // A span of another crate may have handed it down.
                let kind = Kind::new(&catalog::UNKNOWN_FIELD, message).severity(Severity::Warning);
                found(kind.meant(nearest(key, names)));
            }
        }
    }
    for used in action.fields.iter().filter(|used| used.required) {
        if entry.field(&used.name).is_none() {
            let message = format!("`{}` lacks the field `{}`", action.name, used.name);
            // A value that is `None` is left out.
            found(Kind::new(&catalog::MISSING_FIELD, message).severity(Severity::Warning));
        }
    }
}

/// A failure below `warn`.
fn too_quiet(actor: &Actor, action: &Action, entry: &Entry, found: &mut impl FnMut(Kind)) {
    let fails =
        |other: &Action| other.failed.as_ref().is_some_and(|failed| failed.value == action.name);
    let is_failure = actor.actions.iter().any(fails) || entry.outcome() == Some("failed");
    if is_failure && entry.level < Level::Warn {
        let message = format!("`{}` tells of a failure at {}", action.name, entry.level);
        found(Kind::new(&catalog::FAILURE_TOO_QUIET, message));
    }
}
