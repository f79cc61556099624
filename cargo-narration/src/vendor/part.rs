//! What a package needs of a vocabulary.
//!
//! In: the whole, and the places that narrate. Out: the actions they tell, with
//! the outcomes of these and the fields of all; in the order of the whole.

use std::collections::BTreeSet;

use narration_taxonomy::{Action, Actor, Taxonomy};

use crate::check::Survey;

/// An actor's name and an action's.
type Name = (String, String);

/// The package's part.
pub(crate) fn part(taxonomy: &Taxonomy, survey: &Survey) -> Taxonomy {
    let mut needed: BTreeSet<Name> =
        survey.sites.iter().map(|site| (site.actor.clone(), site.action.clone())).collect();
    // Outcomes, and what replaces a name on its way out, are needed as well.
    while let Some(more) = missing(taxonomy, &needed) {
        needed.insert(more);
    }
    let mut part = taxonomy.clone();
    for actor in &mut part.actors {
        let name = actor.name.clone();
        actor.actions.retain(|action| needed.contains(&(name.clone(), action.name.clone())));
    }
    let own = survey.known.vocabulary.crate_actor();
    let replacements: Vec<String> = part
        .actors
        .iter()
        .filter(|actor| !actor.actions.is_empty())
        .filter_map(replacement)
        .collect();
    part.actors.retain(|actor| {
        let is_own = own == Some(actor.name.as_str());
        !actor.actions.is_empty() || is_own || replacements.contains(&actor.name)
    });
    let fields = fields(&part, survey);
    part.fields.retain(|field| fields.contains(&field.name));
    part
}

fn replacement(actor: &Actor) -> Option<String> {
    Some(actor.deprecated.as_ref()?.replacement.as_ref()?.value.clone())
}

/// One action that a needed one names and that is not needed yet.
fn missing(taxonomy: &Taxonomy, needed: &BTreeSet<Name>) -> Option<Name> {
    needed.iter().find_map(|(actor, action)| {
        let declared = taxonomy.actor(actor)?.action(action)?;
        let mut named = named(declared).map(|name| (actor.clone(), name));
        named.find(|name| !needed.contains(name))
    })
}

fn named(action: &Action) -> impl Iterator<Item = String> {
    let replacement = action.deprecated.as_ref().and_then(|out| out.replacement.as_ref());
    let outcomes = [&action.ok, &action.failed, &action.cancelled];
    outcomes.into_iter().flatten().chain(replacement).map(|name| name.value.clone())
}

/// The fields that the part's actions and the package's scopes name.
fn fields(part: &Taxonomy, survey: &Survey) -> BTreeSet<String> {
    let actions = part.actors.iter().flat_map(|actor| &actor.actions);
    let mut fields: BTreeSet<String> = actions
        .flat_map(|action| action.fields.iter().map(|used| used.name.clone()))
        .chain(survey.handed_down.iter().cloned())
        .collect();
    let replaced: Vec<String> = part
        .fields
        .iter()
        .filter(|field| fields.contains(&field.name))
        .filter_map(|field| Some(field.deprecated.as_ref()?.replacement.as_ref()?.value.clone()))
        .collect();
    fields.extend(replaced);
    fields
}
