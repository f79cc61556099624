//! Several files become one vocabulary.
//!
//! In: what each file declares, bases first. Out: the vocabulary; a file
//! replaces what the files it extends have declared, and files of which
//! neither extends the other must not disagree.

use std::collections::{HashMap, HashSet};

use crate::builtin::builtin_field;
use crate::findings::{Findings, quoted};
use crate::model::{
    Action, Actor, Field, Level, LevelRate, Place, Placed, Rate, Redaction, Taxonomy,
};
use crate::problem::Problem;
use crate::rules;
use crate::sections::Draft;

/// What one file declares, over the files it extends.
pub(crate) struct Layer {
    pub(crate) draft: Draft,
    /// The files it extends, directly or not, by number.
    pub(crate) extends: HashSet<usize>,
}

impl Layer {
    /// A file that extends none.
    pub(crate) fn alone(draft: Draft) -> Self {
        Self { draft, extends: HashSet::new() }
    }
}

/// Joins the files. Bases come before what extends them, the governing file last.
pub(crate) fn merge(layers: Vec<Layer>, findings: &mut Findings) -> Taxonomy {
    let mut merger = Merger::default();
    for layer in layers {
        merger.add(layer);
    }
    let mut taxonomy = merger.taxonomy;
    taxonomy.fields.iter_mut().for_each(inherit_built_in);
    taxonomy.actors.iter_mut().for_each(settle_levels);
    let mut conflicts: Vec<_> = merger.conflicts.into_values().collect();
    conflicts.sort_by_key(|problem| problem.place);
    conflicts.into_iter().for_each(|problem| findings.push(problem));
    taxonomy
}

/// A name that two files may disagree on; actions come with their actor.
type Name = (Option<String>, String);

#[derive(Default)]
struct Merger {
    taxonomy: Taxonomy,
    /// Where each name stands in its list.
    positions: HashMap<Name, usize>,
    actors: HashMap<String, usize>,
    /// Open until a file that extends both has the last word.
    conflicts: HashMap<Name, Problem>,
}

/// What becomes of a name that is declared again.
enum Again {
    /// It is the first declaration.
    First,
    /// It replaces the one at this position.
    Replaces(usize),
    /// It disagrees with an unrelated file.
    Disagrees,
}

impl Merger {
    fn add(&mut self, layer: Layer) {
        let Layer { draft, extends } = layer;
        if let Some(name) = draft.name {
            self.taxonomy.name = name;
        }
        for field in draft.fields {
            self.field(field, &extends);
        }
        for actor in draft.actors {
            self.actor(actor, &extends);
        }
        for level in draft.levels {
            add_level(&mut self.taxonomy.levels, level);
        }
        if let Some(mode) = draft.pii_mode {
            self.taxonomy.redaction.mode = mode;
        }
        add_redaction(&mut self.taxonomy.redaction, draft.redaction);
    }

    fn field(&mut self, field: Field, extends: &HashSet<usize>) {
        let name = (None, field.name.clone());
        let earlier = self.positions.get(&name).and_then(|at| self.taxonomy.fields.get(*at));
        match self.again(&name, field.place, earlier.map(|field| field.place), extends) {
            Again::First => {
                self.positions.insert(name, self.taxonomy.fields.len());
                self.taxonomy.fields.push(field);
            }
            Again::Replaces(at) => replace(&mut self.taxonomy.fields, at, field),
            Again::Disagrees => {}
        }
    }

    fn actor(&mut self, actor: Actor, extends: &HashSet<usize>) {
        let Actor { name, place, doc, actions, rate, deprecated } = actor;
        let at = *self.actors.entry(name.clone()).or_insert_with(|| {
            let empty = Actor {
                name: name.clone(),
                place,
                doc: None,
                actions: Vec::new(),
                rate: Rate::default(),
                deprecated: None,
            };
            self.taxonomy.actors.push(empty);
            self.taxonomy.actors.len() - 1
        });
        if let Some(known) = self.taxonomy.actors.get_mut(at) {
            known.doc = doc.or(known.doc.take());
            add_rate(&mut known.rate, rate);
            known.deprecated = deprecated.or(known.deprecated.take());
        }
        for action in actions {
            self.action(at, (Some(name.clone()), action.name.clone()), action, extends);
        }
    }

    fn action(&mut self, actor: usize, name: Name, action: Action, extends: &HashSet<usize>) {
        let position = self.positions.get(&name).copied();
        let known = self.taxonomy.actors.get(actor);
        let earlier = known.zip(position).and_then(|(actor, at)| actor.actions.get(at));
        let again = self.again(&name, action.place, earlier.map(|action| action.place), extends);
        let Some(actor) = self.taxonomy.actors.get_mut(actor) else { return };
        match again {
            Again::First => {
                self.positions.insert(name, actor.actions.len());
                actor.actions.push(action);
            }
            Again::Replaces(at) => replace(&mut actor.actions, at, action),
            Again::Disagrees => {}
        }
    }

    fn again(
        &mut self,
        name: &Name,
        place: Place,
        earlier: Option<Place>,
        extends: &HashSet<usize>,
    ) -> Again {
        let Some((earlier, at)) = earlier.zip(self.positions.get(name).copied()) else {
            return Again::First;
        };
        if extends.contains(&earlier.file) {
            self.conflicts.remove(name);
            return Again::Replaces(at);
        }
        let message = format!("{} is declared in two extended files", quoted(&name.1));
        let problem = Problem::new(&rules::BASES_DISAGREE, place, message);
        self.conflicts.insert(name.clone(), problem.with_related(earlier, "declared here too"));
        Again::Disagrees
    }
}

fn replace<T>(list: &mut [T], at: usize, with: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = with;
    }
}

/// What is said later counts; what it leaves out stays.
fn add_rate(into: &mut Rate, from: Rate) {
    into.sample = from.sample.or(into.sample.take());
    into.limit = from.limit.or(into.limit.take());
}

fn add_level(into: &mut Vec<LevelRate>, from: LevelRate) {
    match into.iter_mut().find(|known| known.level == from.level) {
        Some(known) => add_rate(&mut known.rate, from.rate),
        None => into.push(from),
    }
}

fn add_redaction(into: &mut Redaction, from: Redaction) {
    add_new(&mut into.pii, from.pii, |kind| &kind.value);
    add_new(&mut into.off, from.off, |name| &name.value);
    add_new(&mut into.allow, from.allow, |shape| &shape.value);
    let replaced: HashSet<_> = from.rules.iter().map(|rule| rule.name.value.clone()).collect();
    into.rules.retain(|rule| !replaced.contains(&rule.name.value));
    into.rules.extend(from.rules);
}

fn add_new(
    into: &mut Vec<Placed<String>>,
    from: Vec<Placed<String>>,
    key: impl Fn(&Placed<String>) -> &String,
) {
    let mut known: HashSet<String> = into.iter().map(|item| key(item).clone()).collect();
    into.extend(from.into_iter().filter(|item| known.insert(key(item).clone())));
}

/// A built-in field declared again keeps what the declaration leaves out.
fn inherit_built_in(field: &mut Field) {
    let Some(built_in) = builtin_field(&field.name) else { return };
    if field.ty == built_in.ty {
        field.unit = field.unit.or(built_in.unit);
        if !field.class_declared {
            field.class = built_in.class;
        }
        if field.doc.is_none() {
            field.doc.clone_from(&built_in.doc);
        }
    }
}

/// A failure nobody hears is none: it is at least a warning.
fn settle_levels(actor: &mut Actor) {
    let failures: HashSet<String> = actor
        .actions
        .iter()
        .filter_map(|action| Some(action.failed.as_ref()?.value.clone()))
        .collect();
    for action in &mut actor.actions {
        if action.level_at.is_none() && failures.contains(&action.name) {
            action.level = Level::Warn;
        }
    }
}
