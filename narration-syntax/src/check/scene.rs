//! Who acts, and how: the actor and the action of a call.
//!
//! In: the arguments. Out: the declarations they name, or the faults N0001,
//! N0002, N0003, N0015.

use narration_taxonomy::{Action, Actor, Deprecated};
use proc_macro2::Span;
use syn::LitStr;

use crate::arguments::{Arguments, Setting};
use crate::catalog;
use crate::choices::{did_you_mean, listed, quoted};
use crate::errors::{Errors, Fault};
use crate::narration::{Deprecation, Site};
use crate::vocabulary::Vocabulary;

/// An actor and an action of the vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) actor: &'a Actor,
    pub(super) action: &'a Action,
}

impl Scene<'_> {
    /// The static part of a narration.
    pub(super) fn site(&self, level: narration_taxonomy::Level) -> Site {
        Site { actor: self.actor.name.clone(), action: self.action.name.clone(), level }
    }
}

/// Finds the actor and the action.
pub(super) fn find<'a>(
    arguments: &Arguments,
    vocabulary: &'a Vocabulary,
    errors: &mut Errors,
) -> Option<Scene<'a>> {
    let actor = actor(arguments, vocabulary, errors)?;
    let written = &arguments.action.first()?.value;
    let action = known_action(written, actor, vocabulary, errors)?;
    Some(Scene { actor, action })
}

/// The call's own, else the scope's, else the crate's.
fn actor<'a>(
    arguments: &Arguments,
    vocabulary: &'a Vocabulary,
    errors: &mut Errors,
) -> Option<&'a Actor> {
    if let Some(Setting { value, .. }) = arguments.actor.first() {
        return known_actor(value, vocabulary, errors);
    }
    if let Some(scope) = &arguments.scope {
        // The attribute that handed it down reports an unknown one.
        return vocabulary.actor(&scope.value());
    }
    let Some(name) = vocabulary.crate_actor() else {
        let message = "no actor is named for this narration";
        errors.push(Fault::new(&catalog::NO_ACTOR, &arguments.place(), message));
        return None;
    };
    let known = vocabulary.actor(name);
    if known.is_none() {
        let fault = Fault::new(&catalog::UNKNOWN_ACTOR, &arguments.place(), unknown_actor(name))
            .help("correct `actor` under `[package.metadata.narration]` in Cargo.toml");
        errors.push(with_actors(fault, name, vocabulary));
    }
    known
}

/// The actor of that name, reported when there is none.
pub(crate) fn known_actor<'a>(
    name: &LitStr,
    vocabulary: &'a Vocabulary,
    errors: &mut Errors,
) -> Option<&'a Actor> {
    let word = name.value();
    let known = vocabulary.actor(&word);
    if known.is_none() {
        let fault = Fault::new(&catalog::UNKNOWN_ACTOR, name, unknown_actor(&word));
        errors.push(with_actors(fault, &word, vocabulary));
    }
    known
}

fn unknown_actor(name: &str) -> String {
    format!("the vocabulary has no actor `{}`", name.escape_debug())
}

fn with_actors(fault: Fault, name: &str, vocabulary: &Vocabulary) -> Fault {
    let place = vocabulary.taxonomy().actors.first().map(|actor| vocabulary.show(actor.place));
    fault.note(did_you_mean(name, vocabulary.actors())).note(listed(
        "actors",
        vocabulary.actors(),
        &place.unwrap_or_default(),
    ))
}

fn known_action<'a>(
    written: &LitStr,
    actor: &'a Actor,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<&'a Action> {
    let name = written.value();
    let known = actor.action(&name);
    if known.is_none() {
        errors.push(unknown_action(written, &name, actor, vocabulary));
    }
    known
}

fn unknown_action(written: &LitStr, name: &str, actor: &Actor, vocabulary: &Vocabulary) -> Fault {
    let others: Vec<_> = vocabulary.actors_with(name).collect();
    if let Some((_, action)) = others.first() {
        let names: Vec<_> = others.iter().map(|(actor, _)| &actor.name).collect();
        let message =
            format!("`{name}` is an action of {}, not of `{}`", quoted(&names), actor.name);
        let place = vocabulary.show(action.place);
        return Fault::new(&catalog::FOREIGN_ACTION, written, message)
            .note(format!("declared: {place}"));
    }
    let known = || actor.actions.iter().map(|action| action.name.as_str());
    let message = format!("{} has no action `{}`", actor.name, name.escape_debug());
    Fault::new(&catalog::UNKNOWN_ACTION, written, message)
        .note(did_you_mean(name, known()))
        .note(listed("allowed", known(), &vocabulary.show(actor.place)))
}

/// What is on its way out among the actor and the action a call names itself.
pub(super) fn deprecations(arguments: &Arguments, scene: Scene<'_>) -> Vec<Deprecation> {
    let actor = arguments.actor.first().zip(scene.actor.deprecated.as_ref());
    let action = arguments.action.first().zip(scene.action.deprecated.as_ref());
    let actor = actor.map(|(token, out)| deprecation(&scene.actor.name, out, token.value.span()));
    let action =
        action.map(|(token, out)| deprecation(&scene.action.name, out, token.value.span()));
    actor.into_iter().chain(action).collect()
}

/// A name on its way out, with all that rustc's warning shall say.
pub(crate) fn deprecation(name: &str, out: &Deprecated, span: Span) -> Deprecation {
    let replacement = out.replacement.as_ref().map(|new| format!("use `{}`", new.value));
    let said: Vec<String> = replacement.into_iter().chain(out.note.clone()).collect();
    let said = if said.is_empty() { "it will be removed".to_owned() } else { said.join("; ") };
    let code = catalog::DEPRECATED.code;
    let note = format!("{code}: `{name}` is on its way out: {said} (more: docs/errors/{code}.md)");
    Deprecation { name: name.to_owned(), since: out.since.clone(), note, span }
}
