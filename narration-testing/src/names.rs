//! Did you mean …? for the names a test asks for.
//!
//! In: a name of an actor, an action, a field or an outcome. Out: that it is
//! known, or a message with the one that was probably meant. Known is what the
//! vocabulary of the tested package declares, and what stands in the story.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use narration_taxonomy::{Taxonomy, builtin_fields, nearest};

use crate::event::Event;
use crate::install;
use crate::story::Story;

/// A name that a test asks for.
#[derive(Clone, Copy)]
pub(crate) enum Name<'n> {
    /// An actor's.
    Actor(&'n str),
    /// An action's, of this actor if one was named.
    Action { actor: Option<&'n str>, action: &'n str },
    /// A field's.
    Field(&'n str),
    /// How something ended.
    Outcome(&'n str),
}

/// The keys that stand in front of a record's fields.
const HEAD: [&str; 6] = ["timestamp", "level", "actor", "action", "target", "human"];

/// How something may end.
const OUTCOMES: [&str; 4] = ["ok", "failed", "cancelled", "panicked"];

/// The vocabulary of the package that is tested: cargo names its folder to the test.
static OWN: LazyLock<Option<Arc<Taxonomy>>> = LazyLock::new(|| {
    let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    load(&folder, None).ok().map(Arc::new)
});

/// Reads a vocabulary: that of a package, or a file of any name.
pub(crate) fn load(folder: &Path, file: Option<&Path>) -> Result<Taxonomy, String> {
    let named = file.map(|file| file.as_os_str().to_owned());
    let named = named.or_else(|| std::env::var_os("NARRATION_TAXONOMY"));
    let loaded = narration_taxonomy::load(folder, named.as_deref());
    match loaded.source {
        Some(_) => Ok(loaded.taxonomy),
        None => {
            let tried: Vec<_> =
                loaded.tried.iter().map(|path| path.display().to_string()).collect();
            Err(format!("there is no vocabulary; looked for {}", tried.join(", ")))
        }
    }
}

/// Checks a name. Where there is no vocabulary to hold it against, every name is known.
pub(crate) fn check(story: &Story, name: Name<'_>) -> Result<(), String> {
    let declared = match name {
        Name::Outcome(_) => OUTCOMES.map(str::to_owned).to_vec(),
        _ => match story.recording.vocabulary().or_else(|| OWN.clone()) {
            Some(vocabulary) => declared(&vocabulary, name),
            None => return Ok(()),
        },
    };
    let (kind, word, of) = match name {
        Name::Actor(actor) => ("actor", actor, String::new()),
        Name::Action { actor, action } => {
            ("action", action, actor.map(|actor| format!(" of `{actor}`")).unwrap_or_default())
        }
        Name::Field(field) => ("field", field, String::new()),
        Name::Outcome(outcome) => ("outcome", outcome, String::new()),
    };
    if declared.iter().any(|name| name == word) {
        return Ok(());
    }
    // Looked through last: a story may be long.
    let seen = in_story(&story.events(), name);
    if seen.contains(word) {
        return Ok(());
    }
    let known = declared.iter().chain(&seen).map(String::as_str);
    let meant = match nearest(word, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if declared.is_empty() => "there are none".to_owned(),
        None => format!("known are: {}", declared.join(", ")),
    };
    let way_out = match name {
        Name::Outcome(_) => "",
        _ => {
            "\n(neither the vocabulary nor the story knows it; for a service with another vocabulary \
             call `story.vocabulary(\"path/to/narration.toml\")` first)"
        }
    };
    Err(format!("unknown {kind} `{word}`{of}: {meant}{way_out}"))
}

fn declared(vocabulary: &Taxonomy, name: Name<'_>) -> Vec<String> {
    match name {
        Name::Actor(_) => {
            let declared = vocabulary.actors.iter().map(|actor| actor.name.clone());
            declared.chain([install::service().into_owned()]).collect()
        }
        Name::Action { actor, .. } => {
            let of_actor = vocabulary
                .actors
                .iter()
                .filter(|declared| actor.is_none_or(|actor| declared.name == actor));
            let actions =
                of_actor.flat_map(|actor| &actor.actions).map(|action| action.name.clone());
            actions.chain(["log".to_owned()]).collect()
        }
        Name::Field(_) => {
            let declared = vocabulary.fields.iter().map(|field| field.name.clone());
            let builtin = builtin_fields().iter().map(|field| field.name.clone());
            declared.chain(builtin).chain(HEAD.map(str::to_owned)).collect()
        }
        Name::Outcome(_) => Vec::new(),
    }
}

fn in_story(events: &[Event], name: Name<'_>) -> BTreeSet<String> {
    match name {
        Name::Actor(_) => events.iter().map(|event| event.actor.clone()).collect(),
        Name::Action { actor, .. } => {
            let of_actor =
                events.iter().filter(|event| actor.is_none_or(|actor| event.actor == actor));
            of_actor.map(|event| event.action.clone()).collect()
        }
        Name::Field(_) => {
            let keys = events.iter().flat_map(|event| &event.record().fields);
            keys.map(|(key, _)| key.clone()).collect()
        }
        Name::Outcome(_) => BTreeSet::new(),
    }
}
