//! Holds a run against what is declared and what is written.
//!
//! In: vocabulary, call sites, recordings, programs. Out: [`Coverage`].

use std::collections::{BTreeMap, BTreeSet};

use narration_taxonomy::Taxonomy;

use super::figures::{Action, Actor, Coverage, Figure, Figures, Missing};
use super::places::{Place, Places};
use super::programs::Programs;
use super::recordings::{Recordings, Shown};
use super::sites::{CallSite, Sites};

/// Why an action is missing that no source tells.
const NO_CALL: &str = "declared, and told by no call in the packages that were looked at";

/// Measures one vocabulary.
pub(super) fn measure(
    taxonomy: &Taxonomy,
    sites: &Sites,
    recordings: &Recordings,
    programs: &Programs,
) -> Coverage {
    let run = Run::new(taxonomy, sites, recordings, programs);
    let actors: Vec<Actor> = taxonomy.actors.iter().map(|actor| run.actor(actor)).collect();
    let mut missing: Vec<Missing> = run.missing_actions();
    missing.extend(run.missing_sites());
    missing.sort();
    let actions = || actors.iter().flat_map(|actor| &actor.actions);
    let shown = || sites.delivered.iter().map(|site| run.shown(site));
    let emitted = || shown().flatten().filter(|shown| shown.has("emitted"));
    let figures = Figures {
        actions: Figure::of(actions().map(|action| action.exercised)),
        compiled: run.compiled(),
        reached: Figure::of(shown().map(|shown| shown.is_some_and(|shown| shown.has("reached")))),
        emitted: Figure::of(shown().map(|shown| shown.is_some_and(|shown| shown.has("emitted")))),
        asserted: Figure::of(actions().map(|action| action.asserted)),
        failures: run.failures(),
        fields: run.fields(),
        correlation: Figure::of(emitted().map(|shown| shown.has("correlated"))),
    };
    Coverage {
        figures,
        actors,
        missing,
        unknown: run.unknown(),
        unwritten: run.unwritten(),
        programs: programs.read,
        processes: recordings.processes,
        unreadable: recordings.unreadable,
    }
}

/// Actor and action.
type Name<'a> = (&'a str, &'a str);

/// What a run showed of one vocabulary.
struct Run<'a> {
    taxonomy: &'a Taxonomy,
    sites: &'a Sites,
    recordings: &'a Recordings,
    programs: &'a Programs,
    /// What was recorded, by place.
    shown: Places<'a, &'a Shown>,
    /// What the programs carry, by place.
    carried: Places<'a, ()>,
    /// By action, over all call sites: the emitted ones alone.
    emitted: BTreeMap<Name<'a>, BTreeSet<&'a str>>,
}

impl<'a> Run<'a> {
    fn new(
        taxonomy: &'a Taxonomy,
        sites: &'a Sites,
        recordings: &'a Recordings,
        programs: &'a Programs,
    ) -> Self {
        let delivered: Places<'_, ()> =
            sites.delivered.iter().map(|site| (site.place(), ())).collect();
        let shown = recordings.sites.iter().map(|(site, shown)| (site.place(), shown)).collect();
        let carried = programs.sites.iter().map(|site| (site.place(), ())).collect();
        let mut emitted: BTreeMap<Name<'a>, BTreeSet<&'a str>> = BTreeMap::new();
        let told = recordings.sites.iter().filter(|(_, shown)| shown.has("emitted"));
        // What stands nowhere any more covers nothing.
        let counts = |place: Place<'_>| place.file.is_empty() || delivered.has_end_of(place);
        for (site, shown) in told.filter(|(site, _)| counts(site.place())) {
            let fields = emitted.entry((&site.actor, &site.action)).or_default();
            fields.extend(shown.fields.iter().map(String::as_str));
        }
        Self { taxonomy, sites, recordings, programs, shown, carried, emitted }
    }

    fn actor(&self, actor: &narration_taxonomy::Actor) -> Actor {
        let actions: Vec<Action> =
            actor.actions.iter().map(|action| self.action(&actor.name, action)).collect();
        let exercised = Figure::of(actions.iter().map(|action| action.exercised));
        Actor { name: actor.name.clone(), exercised, actions }
    }

    fn action(&self, actor: &str, action: &narration_taxonomy::Action) -> Action {
        let name = (actor, action.name.as_str());
        let seen = self.emitted.get(&name);
        let had = |field: &str| seen.is_some_and(|fields| fields.contains(field));
        let fields = action.fields.iter().map(|listed| &listed.name);
        Action {
            name: action.name.clone(),
            call_sites: self.sites_of(name).count(),
            exercised: seen.is_some(),
            asserted: self.recordings.asserted.contains(&(actor.to_owned(), action.name.clone())),
            fields_missing: fields.filter(|field| !had(field)).cloned().collect(),
        }
    }

    fn sites_of<'s>(&'s self, (actor, action): Name<'s>) -> impl Iterator<Item = &'s CallSite> {
        self.sites.delivered.iter().filter(move |site| site.actor == actor && site.action == action)
    }

    /// What a call site showed.
    fn shown(&self, site: &CallSite) -> Option<&'a Shown> {
        self.shown.ending_in(site.place()).copied()
    }

    /// Whether a program has it. Where none could be looked into, nobody knows.
    fn is_carried(&self, site: &CallSite) -> bool {
        self.programs.read == 0 || self.carried.ending_in(site.place()).is_some()
    }

    fn compiled(&self) -> Figure {
        if self.programs.read == 0 {
            return Figure::default();
        }
        Figure::of(self.sites.delivered.iter().map(|site| self.is_carried(site)))
    }

    fn missing_actions(&self) -> Vec<Missing> {
        let named = self
            .taxonomy
            .actors
            .iter()
            .flat_map(|actor| actor.actions.iter().map(move |action| (actor, action)));
        named
            .filter_map(|(actor, action)| {
                let name = (actor.name.as_str(), action.name.as_str());
                if self.emitted.contains_key(&name) {
                    return None;
                }
                let named = (actor.name.clone(), action.name.clone());
                let written =
                    self.sites_of(name).next().is_some() || self.sites.named.contains(&named);
                let why = if written { "told in no test" } else { NO_CALL };
                let id = format!("action {}.{}", actor.name, action.name);
                Some(Missing { id, place: self.declared_at(action), why })
            })
            .collect()
    }

    fn declared_at(&self, action: &narration_taxonomy::Action) -> String {
        let file = self.taxonomy.files.get(action.place.file);
        let name = file.and_then(|file| file.file_name()).map(|name| name.to_string_lossy());
        format!("{}:{}", name.unwrap_or_default(), action.place.line)
    }

    fn missing_sites(&self) -> impl Iterator<Item = Missing> {
        self.sites.delivered.iter().filter_map(|site| {
            let why = match self.shown(site) {
                None if !self.is_carried(site) => {
                    "in no program that ran: not built, or not called"
                }
                None => "never reached",
                Some(shown) if !shown.has("emitted") => "reached, and never emitted",
                Some(_) => return None,
            };
            let place = format!("{}:{}", site.file, site.line);
            Some(Missing { id: format!("site {}", site.id), place, why })
        })
    }

    /// The outcomes that some action names as its failure.
    fn failures(&self) -> Figure {
        let failed: BTreeSet<Name<'_>> = self
            .taxonomy
            .actors
            .iter()
            .flat_map(|actor| {
                let named = actor.actions.iter().filter_map(|action| action.failed.as_ref());
                named.map(move |failed| (actor.name.as_str(), failed.value.as_str()))
            })
            .collect();
        Figure::of(failed.iter().map(|name| self.emitted.contains_key(name)))
    }

    fn fields(&self) -> Figure {
        let pairs = self.taxonomy.actors.iter().flat_map(|actor| {
            let actions = actor.actions.iter();
            actions.flat_map(move |action| {
                let name = (actor.name.as_str(), action.name.as_str());
                action.fields.iter().map(move |listed| (name, listed.name.as_str()))
            })
        });
        let exercised = pairs.filter_map(|(name, field)| Some((self.emitted.get(&name)?, field)));
        Figure::of(exercised.map(|(seen, field)| seen.contains(field)))
    }

    /// Callsites of this vocabulary's actors that ran and stand nowhere in these packages' sources.
    fn unknown(&self) -> Vec<String> {
        let sites = self.recordings.sites.keys().map(|site| site.place());
        sites
            .filter(|place| self.is_ours_and_missing(*place))
            .map(|place| place.to_string())
            .collect()
    }

    /// Callsites of this vocabulary's actors that were compiled and stand nowhere in these packages'
    /// sources, but for those that ran.
    fn unwritten(&self) -> Vec<String> {
        let carried = self.programs.sites.iter().map(|site| site.place());
        let silent = carried.filter(|place| self.shown.ending_in(*place).is_none());
        silent
            .filter(|place| self.is_ours_and_missing(*place))
            .map(|place| place.to_string())
            .collect()
    }

    fn is_ours_and_missing(&self, place: Place<'_>) -> bool {
        let mut actors = self.taxonomy.actors.iter();
        actors.any(|actor| actor.name == place.actor) && self.sites.miss(place.file, place.line)
    }
}
