//! What is declared and never used.
//!
//! In: the surveys of all packages. Out: actions that no call tells, and fields
//! that no call of their action gives. Only what is declared in this workspace
//! is looked at: a vocabulary from outside serves others too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use narration_taxonomy::{Action, Actor, Place};

use super::Survey;
use crate::findings::Finding;
use crate::rules;
use crate::sources::Workspace;

/// Where something is declared: the same in every vocabulary that extends the file.
type Declared = (PathBuf, usize, usize);

/// What is used, by where it is declared.
#[derive(Default)]
struct Used {
    actions: BTreeSet<Declared>,
    /// The fields given, by their action.
    fields: BTreeMap<Declared, BTreeSet<String>>,
    handed_down: BTreeSet<String>,
}

/// Everything unused among what the packages that are meant can use.
pub(super) fn findings(
    workspace: &Workspace,
    surveys: &[Survey],
    is_meant: impl Fn(&&Survey) -> bool,
) -> Vec<Finding> {
    let used = used(surveys);
    let mut findings = Vec::new();
    let sound = |survey: &&Survey| survey.known.vocabulary.fault_free();
    for survey in surveys.iter().filter(is_meant).filter(sound) {
        for actor in &survey.known.vocabulary.taxonomy().actors {
            for action in &actor.actions {
                let declared = declared(survey, action.place);
                if declared.0.starts_with(&workspace.root) {
                    findings.extend(of_action(survey, surveys, actor, action, &used));
                }
            }
        }
    }
    findings
}

fn used(surveys: &[Survey]) -> Used {
    let mut used = Used::default();
    for survey in surveys {
        used.handed_down.extend(survey.handed_down.iter().cloned());
        for site in survey.sites.iter().filter(|site| !site.aside || !acts(surveys, &site.actor)) {
            let actor = survey.known.vocabulary.actor(&site.actor);
            let Some(action) = actor.and_then(|actor| actor.action(&site.action)) else { continue };
            let declared = declared(survey, action.place);
            used.actions.insert(declared.clone());
            used.fields.entry(declared).or_default().extend(site.fields.iter().cloned());
        }
        for (actor, action) in &survey.named {
            let actor = survey.known.vocabulary.actor(actor);
            let Some(action) = actor.and_then(|actor| actor.action(action)) else { continue };
            let declared = declared(survey, action.place);
            // Which fields it gives is known at run time.
            let fields = action.fields.iter().map(|field| field.name.clone());
            used.fields.entry(declared.clone()).or_default().extend(fields);
            used.actions.insert(declared);
        }
    }
    used
}

/// Whether an actor acts outside of tests. One that does not is there for them.
fn acts(surveys: &[Survey], actor: &str) -> bool {
    let mut sites = surveys.iter().flat_map(|survey| &survey.sites);
    sites.any(|site| !site.aside && site.actor == actor)
}

fn declared(survey: &Survey, place: Place) -> Declared {
    let path = survey.known.vocabulary.taxonomy().files.get(place.file);
    let path = path.map(|path| path.canonicalize().unwrap_or_else(|_| path.clone()));
    (path.unwrap_or_default(), place.line, place.column)
}

fn of_action(
    survey: &Survey,
    surveys: &[Survey],
    actor: &Actor,
    action: &Action,
    used: &Used,
) -> Vec<Finding> {
    let declared = declared(survey, action.place);
    if action.deprecated.is_some() || actor.deprecated.is_some() {
        return Vec::new();
    }
    if !used.actions.contains(&declared) {
        let excused =
            surveys.iter().any(|survey| survey.exceptions.allow_action(&actor.name, &action.name));
        let message = format!("nothing narrates `{}` of `{}`", action.name, actor.name);
        let spot = survey.known.spot(action.place);
        let finding = Finding::new(&rules::NEVER_NARRATED, spot, message);
        return if excused { Vec::new() } else { vec![finding] };
    }
    let given = used.fields.get(&declared);
    let is_given = |name: &str| {
        given.is_some_and(|given| given.contains(name)) || used.handed_down.contains(name)
    };
    let optional = action.fields.iter().filter(|field| !field.required && !is_given(&field.name));
    optional
        .map(|field| {
            let message = format!("no call of `{}` gives `{}`", action.name, field.name);
            Finding::new(&rules::NEVER_GIVEN, survey.known.spot(field.place), message)
        })
        .collect()
}
