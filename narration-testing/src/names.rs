//! Did you mean …? for the names a test asks for.
//!
//! In: a name of an actor, an action, a field or an outcome. Out: that it is
//! known, or a message with the one that was probably meant. Known is what the
//! vocabulary of the tested package declares, and what stands in the story.

use std::collections::BTreeSet;
use std::fmt;
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

/// The vocabulary of a story: the one it was given, else that of the package that is tested.
pub(crate) fn vocabulary(story: &Story) -> Option<Arc<Taxonomy>> {
    story.recording.vocabulary().or_else(|| OWN.clone())
}

/// Checks a name. Where there is no vocabulary to hold it against, every name is known.
pub(crate) fn check(story: &Story, name: Name<'_>) -> Result<(), String> {
    let Some(declared) = name.declared(|| vocabulary(story)) else { return Ok(()) };
    let word = name.word();
    if declared.iter().any(|name| name == word) {
        return Ok(());
    }
    // Looked through last: a story may be long.
    let seen = name.in_story(&story.events());
    if seen.contains(word) {
        return Ok(());
    }
    let meant = match nearest(word, declared.iter().chain(&seen).map(String::as_str)) {
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
    Err(format!("unknown {name}: {meant}{way_out}"))
}

impl Name<'_> {
    fn word(&self) -> &str {
        match self {
            Self::Actor(word) | Self::Field(word) | Self::Outcome(word) => word,
            Self::Action { action, .. } => action,
        }
    }

    /// What is declared; nothing where there is no vocabulary.
    fn declared(self, own: impl FnOnce() -> Option<Arc<Taxonomy>>) -> Option<Vec<String>> {
        if let Self::Outcome(_) = self {
            return Some(OUTCOMES.map(str::to_owned).to_vec());
        }
        let vocabulary = own()?;
        let actors = vocabulary.actors.iter();
        Some(match self {
            Self::Actor(_) => {
                let service = install::service().into_owned();
                actors.map(|actor| actor.name.clone()).chain([service]).collect()
            }
            Self::Action { actor, .. } => {
                let of = actors.filter(|declared| actor.is_none_or(|actor| declared.name == actor));
                let actions = of.flat_map(|actor| &actor.actions);
                actions.map(|action| action.name.clone()).chain(["log".to_owned()]).collect()
            }
            _ => {
                let declared = vocabulary.fields.iter().chain(builtin_fields());
                let names = declared.map(|field| field.name.clone());
                names.chain(HEAD.map(str::to_owned)).collect()
            }
        })
    }

    /// What stands in the story.
    fn in_story(self, events: &[Event]) -> BTreeSet<String> {
        match self {
            Self::Actor(_) => events.iter().map(|event| event.actor.clone()).collect(),
            Self::Action { actor, .. } => {
                let of =
                    events.iter().filter(|event| actor.is_none_or(|actor| event.actor == actor));
                of.map(|event| event.action.clone()).collect()
            }
            Self::Field(_) => {
                let keys = events.iter().flat_map(|event| &event.record().fields);
                keys.map(|(key, _)| key.clone()).collect()
            }
            Self::Outcome(_) => BTreeSet::new(),
        }
    }
}

/// What kind of name it is, and the name.
impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.word();
        match self {
            Self::Actor(_) => write!(f, "actor `{word}`"),
            Self::Action { actor: None, .. } => write!(f, "action `{word}`"),
            Self::Action { actor: Some(actor), .. } => write!(f, "action `{word}` of `{actor}`"),
            Self::Field(_) => write!(f, "field `{word}`"),
            Self::Outcome(_) => write!(f, "outcome `{word}`"),
        }
    }
}
