//! What is said, as actions of actors.
//!
//! In: what each place says. Out: one action for each thing that is said, with
//! the places that say it.

use narration_redact::{announces_secret, looks_secret};
use narration_taxonomy::names::NameKind;
use narration_taxonomy::{Class, Level};

use super::fields::guess;
use super::said::Said;

/// An actor with what it says.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(super) actor: String,
    pub(super) actions: Vec<DraftAction>,
}

/// An action that is said somewhere.
#[derive(Clone, Debug)]
pub(super) struct DraftAction {
    pub(super) name: String,
    pub(super) when: Option<String>,
    pub(super) level: Level,
    pub(super) fields: Vec<String>,
    /// None where the text cannot be one.
    pub(super) text: Option<String>,
    /// `src/main.rs:12`
    pub(super) places: Vec<String>,
}

impl Draft {
    /// How many actions there are.
    pub(crate) fn len(&self) -> usize {
        self.actions.len()
    }

    /// How many places say them.
    pub(crate) fn places(&self) -> usize {
        self.actions.iter().map(|action| action.places.len()).sum()
    }
}

/// What a package says, each place with what it says.
pub(crate) fn draft(package: &str, said: Vec<(String, Said)>) -> Draft {
    let mut draft = Draft { actor: actor(package), actions: Vec::new() };
    for (place, said) in said {
        let text = text(&said);
        let known = draft
            .actions
            .iter_mut()
            .find(|action| action.text == text && text.is_some() && action.level == said.level);
        match known {
            Some(action) => action.places.push(place),
            None => {
                let name = free(&name(&said.text), &draft.actions);
                draft.actions.push(DraftAction {
                    name,
                    when: when(&said.text),
                    level: said.level,
                    fields: said.fields,
                    text,
                    places: vec![place],
                });
            }
        }
    }
    draft
}

/// The package's name as an actor may be called.
fn actor(package: &str) -> String {
    let name = NameKind::Actor.corrected(package).unwrap_or_else(|| package.to_owned());
    if NameKind::Actor.fault(&name).is_none() { name } else { "service".to_owned() }
}

/// The text as a vocabulary takes it: no secret in it, nor what may hold one.
fn text(said: &Said) -> Option<String> {
    let hidden = |name: &str| matches!(guess(name).1, Some(Class::Secret | Class::Content));
    let shows = said
        .fields
        .iter()
        .any(|field| hidden(field) && said.text.contains(&format!("{{{field}}}")));
    (!shows && !words(&said.text).is_empty() && looks_secret(&said.text).is_none())
        .then(|| said.text.clone())
}

/// The words of a text, placeholders apart.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => continue,
            _ => plain.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }),
        }
    }
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Words that make no name.
const SMALL: [&str; 20] = [
    "a", "an", "the", "to", "of", "for", "in", "on", "at", "by", "with", "from", "is", "are",
    "was", "and", "or", "be", "has", "it",
];

/// The first words that say something.
fn name(text: &str) -> String {
    // A name made of a secret's words would be one.
    if looks_secret(text).is_some() {
        return "secret-in-source".to_owned();
    }
    let words = words(text);
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).take(3).collect();
    let name: String = words.join("-").chars().take(40).collect();
    let name = name.trim_matches(|c: char| c == '-' || c.is_ascii_digit()).to_owned();
    if NameKind::Action.fault(&name).is_none() { name } else { "event".to_owned() }
}

/// A name that no other action has.
fn free(name: &str, actions: &[DraftAction]) -> String {
    let taken = |name: &str| actions.iter().any(|action| action.name == name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// One line for the catalogue: what comes before the first value.
fn when(text: &str) -> Option<String> {
    let before = text.split('{').next().unwrap_or_default();
    let words = before.trim_end_matches(|c: char| !c.is_alphanumeric()).trim();
    let hides = looks_secret(words).is_some() || announces_secret(before);
    let says = words.chars().any(char::is_alphabetic) && !hides;
    says.then(|| words.chars().take(80).collect())
}
