//! The vocabulary as the rules ask it: what was loaded, and what the detector
//! knows about names and words.
//!
//! In: what the loader found for a crate. Out: lookups, the class that holds,
//! and every problem. To be made once per loaded vocabulary and kept.

mod audit;
mod pattern;
mod redaction;

use std::sync::Arc;

use narration_redact::is_secret_name;
use narration_taxonomy::{
    Action, Actor, Class, Field, Loaded, Place, Problem, Severity, Taxonomy, Type,
};

/// A loaded vocabulary, with what the detector adds to it.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    loaded: Arc<Loaded>,
    /// What the loader cannot know: secrets in the vocabulary's own words.
    added: Vec<Problem>,
}

impl Vocabulary {
    /// Looks through what was loaded. Takes time in proportion to the
    /// vocabulary: keep the answer as long as the loaded one lives.
    #[must_use]
    pub fn new(loaded: Arc<Loaded>) -> Self {
        let mut added = audit::problems(&loaded.taxonomy);
        added.extend(redaction::problems(&loaded.taxonomy.redaction));
        Self { loaded, added }
    }

    /// What was loaded.
    #[must_use]
    pub fn loaded(&self) -> &Arc<Loaded> {
        &self.loaded
    }

    /// The vocabulary as data.
    #[must_use]
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.loaded.taxonomy
    }

    /// Everything that is wrong with it or to be warned about.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.loaded.problems.iter().chain(&self.added)
    }

    /// Whether calls can be checked against it: nothing is refused, warnings apart.
    #[must_use]
    pub fn fault_free(&self) -> bool {
        self.problems().all(|problem| problem.rule.severity == Severity::Warning)
    }

    /// The actor of the whole crate, from its manifest.
    #[must_use]
    pub fn crate_actor(&self) -> Option<&str> {
        self.loaded.manifest.actor.as_ref().map(|actor| actor.value.as_str())
    }

    /// The actor of that name.
    #[must_use]
    pub fn actor(&self, name: &str) -> Option<&Actor> {
        self.taxonomy().actor(name)
    }

    /// The field of that name, declared or built in.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.taxonomy().field(name)
    }

    /// The class that holds for a field: the declared one; else `secret` for a
    /// text whose name says so; else that of its type.
    #[must_use]
    pub fn class(&self, field: &Field) -> Class {
        class(field)
    }

    /// `narration.toml:12:3`; empty for what stands in no file.
    #[must_use]
    pub fn show(&self, place: Place) -> String {
        if place.line == 0 { String::new() } else { self.loaded.show(place) }
    }

    /// The names of the actors.
    pub fn actors(&self) -> impl Iterator<Item = &str> {
        self.taxonomy().actors.iter().map(|actor| actor.name.as_str())
    }

    /// The actors that have an action of that name.
    pub fn actors_with(&self, action: &str) -> impl Iterator<Item = (&Actor, &Action)> {
        self.taxonomy().actors.iter().filter_map(move |actor| Some((actor, actor.action(action)?)))
    }
}

/// The class that holds for a field.
fn class(field: &Field) -> Class {
    let secret = !field.class_declared && field.ty == Type::String && is_secret_name(&field.name);
    if secret { Class::Secret } else { field.class }
}
