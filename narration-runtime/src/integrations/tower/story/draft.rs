//! Puts the narrations of a request's story together and checks them.
//!
//! In: the names of an actor and an action. Out: a prepared narration for the
//! start and for each outcome, or every fault of all of them at once. An
//! outcome the vocabulary names no action for is told under the start's, in
//! plain words; its field `outcome` tells it apart.

use narration_taxonomy::Level;

use super::asked::OTHER;
use super::plan::Telling;
use super::supplied::{Facts, supplied};
use crate::taxonomy::{Action, Actor, Table};
use crate::{Fault, Narration};

/// What is known of every request.
const ASKED: Facts<'_> = Facts { method: OTHER, route: "/", status: None, grpc_status: None };

/// What is known of one that was answered.
const ANSWERED: Facts<'_> = Facts { status: Some(200), ..ASKED };

/// What may be known.
const CALLED: Facts<'_> = Facts { method: "GET", grpc_status: Some(0), ..ANSWERED };

/// The narrations of a request: its start, then how it ended: well, failed, cancelled, panicked.
pub(super) type Tellings = [Telling; 5];

/// One narration that is to be told.
struct Wanted {
    action: &'static Action,
    level: Level,
    /// Its text, where the vocabulary's own does not serve.
    words: Option<String>,
    /// What is known by then at least.
    least: Facts<'static>,
}

/// Checks all narrations of a request's story.
pub(super) fn checked(
    table: &'static Table,
    actor: &str,
    action: &str,
) -> Result<Tellings, Vec<Fault>> {
    let known = table.actor(actor).and_then(|actor| Some((actor, actor.action(action)?)));
    let Some((actor, start)) = known else {
        // The check says which of the names it is.
        return Err(Narration::new(table, actor, action).check().err().unwrap_or_default());
    };
    let mut faults = Vec::new();
    let tellings = wanted(actor, start).map(|wanted| {
        prepared(table, actor, &wanted).map_err(|wrong| {
            // What is wrong with an action that tells two outcomes is said once.
            faults.extend(
                wrong.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>(),
            );
        })
    });
    let [Ok(start), Ok(ok), Ok(failed), Ok(cancelled), Ok(panicked)] = tellings else {
        return Err(faults);
    };
    Ok([start, ok, failed, cancelled, panicked])
}

fn wanted(actor: &'static Actor, start: &'static Action) -> [Wanted; 5] {
    let named = |name: Option<&str>| name.and_then(|name| actor.action(name));
    let (ok, failed, cancelled) = (named(start.ok), named(start.failed), named(start.cancelled));
    let level = |declared: Option<&Action>, least: Level| {
        declared.map_or(least, |declared| declared.level.max(least))
    };
    let wanted = |declared: Option<&'static Action>, level, least, words: &str| Wanted {
        action: declared.unwrap_or(start),
        level,
        words: declared.is_none_or(|one| one.human.is_none()).then(|| label(start) + words),
        least,
    };
    [
        wanted(Some(start), start.level, ASKED, ""),
        wanted(ok, ok.map_or(start.level, |ok| ok.level), ANSWERED, ": done in {duration_ms} ms"),
        wanted(
            failed,
            level(failed, Level::Warn),
            ASKED,
            " failed after {duration_ms} ms: {error}",
        ),
        wanted(
            cancelled,
            level(cancelled, Level::Warn),
            ASKED,
            " cancelled after {duration_ms} ms",
        ),
        wanted(None, Level::Error, ASKED, " panicked after {duration_ms} ms: {error}"),
    ]
}

/// Checks one narration with what is known at least, and with what may be known.
fn prepared(
    table: &'static Table,
    actor: &'static Actor,
    wanted: &Wanted,
) -> Result<Telling, Vec<Fault>> {
    let supplied = supplied(table, wanted.action);
    let narration = |facts: &Facts<'static>| {
        let narration = Narration::new(table, actor.name, wanted.action.name).level(wanted.level);
        let narration = match &wanted.words {
            Some(words) => narration.human(words.clone()),
            None => narration,
        };
        supplied.iter().fold(narration, |narration, one| match one.value(facts) {
            Some(value) => narration.field(one.field.name, value),
            None => narration,
        })
    };
    match (narration(&wanted.least).check(), narration(&CALLED).prepare()) {
        (Ok(()), Ok(prepared)) => Ok(Telling { prepared, supplied }),
        (least, most) => Err(least.err().into_iter().chain(most.err()).flatten().collect()),
    }
}

/// What an action is called in a sentence: its `when`, else its name. Braces are meant as such.
fn label(action: &Action) -> String {
    let when = action.when.map(|when| when.trim().trim_end_matches(['.', '\u{2026}', ':']));
    if let Some(when) = when.filter(|when| !when.is_empty() && when.len() <= LONGEST) {
        return when.replace('{', "{{").replace('}', "}}");
    }
    let mut letters = action.name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
}

/// A longer `when` would leave no room for the words behind it, in bytes.
const LONGEST: usize = 60;
