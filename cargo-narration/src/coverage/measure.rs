//! Holds a run against what is declared and what is written.
//!
//! In: vocabulary, call sites, recordings. Out: [`Coverage`].

use std::collections::{BTreeMap, BTreeSet};

use narration_taxonomy::Taxonomy;

use super::figures::{Action, Actor, Coverage, Figure, Figures, Missing};
use super::recordings::{Recordings, Shown, Site};
use super::sites::{CallSite, Sites};

/// Measures one vocabulary.
pub(crate) fn measure(taxonomy: &Taxonomy, sites: &Sites, recordings: &Recordings) -> Coverage {
    let run = Run::new(taxonomy, sites, recordings);
    let actors: Vec<Actor> = taxonomy.actors.iter().map(|actor| run.actor(actor)).collect();
    let mut missing: Vec<Missing> = run.missing_actions();
    missing.extend(run.missing_sites());
    missing.sort();
    let actions = || actors.iter().flat_map(|actor| &actor.actions);
    let shown = || sites.delivered.iter().map(|site| run.shown(site));
    let emitted = || shown().flatten().filter(|shown| shown.has("emitted"));
    let figures = Figures {
        actions: Figure::of(actions().map(|action| action.exercised)),
        reached: Figure::of(shown().map(|shown| shown.is_some_and(|shown| shown.has("reached")))),
        emitted: Figure::of(shown().map(|shown| shown.is_some_and(|shown| shown.has("emitted")))),
        asserted: Figure::of(actions().map(|action| action.asserted)),
        failures: run.failures(),
        fields: run.fields(),
        correlation: Figure::of(emitted().map(|shown| shown.has("correlated"))),
    };
    let (processes, unreadable) = (recordings.processes, recordings.unreadable);
    Coverage { figures, actors, missing, unknown: run.unknown(), processes, unreadable }
}

/// Actor and action.
type Name<'a> = (&'a str, &'a str);

/// What a run showed of one vocabulary.
struct Run<'a> {
    taxonomy: &'a Taxonomy,
    sites: &'a Sites,
    recordings: &'a Recordings,
    /// By action, over all call sites: the emitted ones alone.
    emitted: BTreeMap<Name<'a>, BTreeSet<&'a str>>,
}

impl<'a> Run<'a> {
    fn new(taxonomy: &'a Taxonomy, sites: &'a Sites, recordings: &'a Recordings) -> Self {
        let mut emitted: BTreeMap<Name<'a>, BTreeSet<&'a str>> = BTreeMap::new();
        let told = recordings.sites.iter().filter(|(_, shown)| shown.has("emitted"));
        // What stands nowhere any more covers nothing.
        for (site, shown) in told.filter(|(site, _)| site.file.is_empty() || sites.has(site)) {
            let fields = emitted.entry((&site.actor, &site.action)).or_default();
            fields.extend(shown.fields.iter().map(String::as_str));
        }
        Self { taxonomy, sites, recordings, emitted }
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
        let recorded = self.recordings.sites.iter();
        let mut same = recorded.filter(|(recorded, _)| site.is(recorded));
        same.next().map(|(_, shown)| shown)
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
                let written = self.sites_of(name).next().is_some();
                let why = if written { "told in no test" } else { "declared and told nowhere" };
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
        let declared = |name: &str| self.taxonomy.actors.iter().any(|actor| actor.name == name);
        let sites = self.recordings.sites.keys();
        sites
            .filter(|site| declared(&site.actor) && self.sites.miss(&site.file, site.line))
            .map(|site| format!("{}:{} {}.{}", site.file, site.line, site.actor, site.action))
            .collect()
    }
}

impl Sites {
    /// Whether a callsite of a program is one of these.
    fn has(&self, recorded: &Site) -> bool {
        self.delivered.iter().any(|site| site.is(recorded))
    }
}

impl CallSite {
    /// Whether a callsite of a program is this one. Rustc may name its file by
    /// a longer path than the workspace does.
    fn is(&self, recorded: &Site) -> bool {
        self.line == recorded.line
            && self.actor == recorded.actor
            && self.action == recorded.action
            && is_same_file(&recorded.file, &self.file)
    }
}

fn is_same_file(recorded: &str, written: &str) -> bool {
    recorded.strip_suffix(written).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
