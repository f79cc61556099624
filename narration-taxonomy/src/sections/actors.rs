//! `[actors]`: who may act.
//!
//! In: the section. Out: the actors in order of declaration.

use crate::findings::quoted;
use crate::model::{Action, Actor, Rate};
use crate::names::NameKind;
use crate::reader::{Reader, Value, entries};

const KEYS: &[&str] = &["doc", "actions", "sample", "limit", "deprecated"];

impl Reader<'_> {
    pub(super) fn actors(&mut self, value: &Value<'_>) -> Vec<Actor> {
        let Some(table) = self.table(value, "actors") else {
            return Vec::new();
        };
        let mut actors = Vec::new();
        for (key, value) in entries(table) {
            let name = self.name(key, NameKind::Actor);
            let mut actor = Actor {
                name: name.value,
                place: name.place,
                doc: None,
                actions: Vec::new(),
                rate: Rate::default(),
                deprecated: None,
            };
            self.actor(value, &mut actor);
            actors.push(actor);
        }
        actors
    }

    fn actor(&mut self, value: &Value<'_>, actor: &mut Actor) {
        let Some(table) = self.table(value, &actor.name) else {
            return;
        };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "doc" => actor.doc = self.text(value, "doc"),
                "actions" => actor.actions = self.actions(value),
                "sample" => actor.rate.sample = self.sample(value),
                "limit" => actor.rate.limit = self.limit(value),
                "deprecated" => actor.deprecated = self.deprecated(value),
                _ => self.unknown_key(key, &format!("actor {}", quoted(&actor.name)), KEYS),
            }
        }
    }

    fn actions(&mut self, value: &Value<'_>) -> Vec<Action> {
        let Some(table) = self.table(value, "actions") else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        for (key, value) in entries(table) {
            let name = self.name(key, NameKind::Action);
            actions.push(self.action(name, value));
        }
        actions
    }
}
