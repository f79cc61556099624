//! The catalogue as data.
//!
//! In: a vocabulary and sites. Out: actors, actions and fields in the order of
//! their declaration, with everything a reader may ask of them.

use std::collections::BTreeMap;

use narration_syntax::Vocabulary;
use narration_taxonomy::model::Rate;
use narration_taxonomy::{Action, Actor, Deprecated, Field, Type};
use serde::Serialize;

use crate::check::{Exposed, Site};
use crate::rate;

/// A vocabulary's catalogue.
#[derive(Debug, Serialize)]
pub(crate) struct Catalog {
    version: u32,
    /// The vocabulary's name.
    pub(crate) name: String,
    pub(crate) actors: Vec<ActorEntry>,
    /// The fields that actions list, and no built-in ones.
    pub(crate) fields: Vec<FieldEntry>,
    /// Sensitive values that texts may show.
    pub(crate) exposed: Vec<Exposed>,
}

/// An actor.
#[derive(Debug, Serialize)]
pub(crate) struct ActorEntry {
    pub(crate) name: String,
    pub(crate) doc: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) actions: Vec<ActionEntry>,
}

/// An action.
#[derive(Debug, Serialize)]
pub(crate) struct ActionEntry {
    pub(crate) name: String,
    pub(crate) when: Option<String>,
    /// The field that is its target.
    pub(crate) target: Option<String>,
    /// Examples of its target.
    pub(crate) examples: Vec<String>,
    pub(crate) level: &'static str,
    /// How much of it is told, in words; all of it where nothing is said.
    pub(crate) told: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) fields: Vec<UseEntry>,
    /// `ok`, `failed`, `cancelled` and the action that tells it.
    pub(crate) outcomes: Vec<(&'static str, String)>,
    pub(crate) deprecated: Option<String>,
    /// Where it is narrated, tests apart.
    pub(crate) sites: Vec<SiteEntry>,
}

/// A field in an action's whitelist.
#[derive(Debug, Serialize)]
pub(crate) struct UseEntry {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) class: String,
}

/// A place that narrates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct SiteEntry {
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// A field.
#[derive(Debug, Serialize)]
pub(crate) struct FieldEntry {
    pub(crate) name: String,
    /// `string`, `u64`, or an enum's values.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) class: String,
    pub(crate) unit: Option<String>,
    pub(crate) doc: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) deprecated: Option<String>,
}

/// The catalogue of a vocabulary.
pub(crate) fn catalog(vocabulary: &Vocabulary, sites: &[Site]) -> Catalog {
    let mut by_action: BTreeMap<(&str, &str), Vec<SiteEntry>> = BTreeMap::new();
    for site in sites.iter().filter(|site| !site.aside) {
        let place = SiteEntry { file: site.spot.text.shown.clone(), line: site.spot.start().line };
        by_action.entry((&site.actor, &site.action)).or_default().push(place);
    }
    let taxonomy = vocabulary.taxonomy();
    let actor = |actor: &Actor| ActorEntry {
        name: actor.name.clone(),
        doc: actor.doc.clone(),
        deprecated: deprecated(actor.deprecated.as_ref()),
        actions: actor
            .actions
            .iter()
            .map(|action| {
                let sites = by_action.get(&(actor.name.as_str(), action.name.as_str()));
                entry(vocabulary, action, &actor.rate, sites.cloned().unwrap_or_default())
            })
            .collect(),
    };
    Catalog {
        version: 1,
        name: taxonomy.name.clone(),
        actors: taxonomy.actors.iter().map(actor).collect(),
        fields: taxonomy.fields.iter().map(|declared| field(vocabulary, declared)).collect(),
        exposed: Exposed::all(vocabulary),
    }
}

fn entry(
    vocabulary: &Vocabulary,
    action: &Action,
    actors_rate: &Rate,
    mut sites: Vec<SiteEntry>,
) -> ActionEntry {
    sites.sort();
    sites.dedup();
    let class = |name: &str| {
        let field = vocabulary.field(name);
        field.map(|field| vocabulary.class(field).to_string()).unwrap_or_default()
    };
    let outcomes =
        [("ok", &action.ok), ("failed", &action.failed), ("cancelled", &action.cancelled)];
    ActionEntry {
        name: action.name.clone(),
        when: action.when.clone(),
        target: action.target.as_ref().map(|target| target.value.clone()),
        examples: examples(vocabulary, action),
        level: action.level.name(),
        told: rate::told(&action.rate)
            .or_else(|| rate::told(actors_rate))
            .or_else(|| rate::told(rate::of_level(vocabulary.taxonomy(), action.level)?)),
        text: action.human.as_ref().map(|human| human.value.clone()),
        fields: action
            .fields
            .iter()
            .map(|used| UseEntry {
                name: used.name.clone(),
                required: used.required,
                class: class(&used.name),
            })
            .collect(),
        outcomes: outcomes
            .into_iter()
            .filter_map(|(outcome, name)| Some((outcome, name.as_ref()?.value.clone())))
            .collect(),
        deprecated: deprecated(action.deprecated.as_ref()),
        sites,
    }
}

/// The action's own examples, `this or that`; else the target field's; else one
/// of its values.
fn examples(vocabulary: &Vocabulary, action: &Action) -> Vec<String> {
    let field = action.target.as_ref().and_then(|target| vocabulary.field(&target.value));
    let example = action.example.as_ref().or_else(|| field?.example.as_ref());
    if let Some(example) = example {
        let parts = example.value.split(" or ");
        return parts.map(|part| part.trim_matches('`').to_owned()).collect();
    }
    match field.map(|field| &field.ty) {
        Some(Type::Enum(values)) => values.first().cloned().into_iter().collect(),
        _ => Vec::new(),
    }
}

fn field(vocabulary: &Vocabulary, field: &Field) -> FieldEntry {
    let ty = match &field.ty {
        Type::Enum(values) => values.join(" | "),
        ty => ty.to_string(),
    };
    FieldEntry {
        name: field.name.clone(),
        ty,
        class: vocabulary.class(field).to_string(),
        unit: field.unit.map(|unit| unit.name().to_owned()),
        doc: field.doc.clone(),
        example: field.example.as_ref().map(|example| example.value.clone()),
        deprecated: deprecated(field.deprecated.as_ref()),
    }
}

/// In words: since when, what instead, why.
fn deprecated(deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let since = deprecated.since.as_ref().map(|since| format!("since {since}"));
    let instead = deprecated.replacement.as_ref().map(|new| format!("use {}", new.value));
    let parts: Vec<_> = [since, instead, deprecated.note.clone()].into_iter().flatten().collect();
    Some(parts.join("; "))
}
