//! `[actors.….actions.…]`: what an actor may do, with which fields and how it ends.
//!
//! In: one action's table. Out: the action; its level is settled only once
//! every file is joined, since it may be another action's failure.

use std::collections::HashMap;

use crate::findings::quoted;
use crate::model::{Action, FieldUse, Level, Placed, Rate};
use crate::problem::Problem;
use crate::reader::{Reader, Table, Value, entries};
use crate::rules;

const KEYS: &[&str] = &[
    "when",
    "target",
    "level",
    "fields",
    "human",
    "ok",
    "failed",
    "cancelled",
    "example",
    "sample",
    "limit",
    "expose",
    "deprecated",
];

impl Reader<'_> {
    pub(super) fn action(&mut self, name: Placed<String>, value: &Value<'_>) -> Action {
        let mut action = Action {
            name: name.value,
            place: name.place,
            when: None,
            example: None,
            target: None,
            level: Level::Info,
            level_at: None,
            fields: Vec::new(),
            human: None,
            ok: None,
            failed: None,
            cancelled: None,
            rate: Rate::default(),
            expose: None,
            deprecated: None,
        };
        if let Some(table) = self.table(value, &action.name) {
            self.action_keys(table, &mut action);
        }
        action
    }

    fn action_keys(&mut self, table: &Table<'_>, action: &mut Action) {
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "when" => action.when = self.text(value, "when"),
                "target" => action.target = self.string(value, "target"),
                "level" => {
                    if let Some(level) = self.word(value, "level") {
                        action.level = level.value;
                        action.level_at = Some(level.place);
                    }
                }
                "fields" => action.fields = self.whitelist(value),
                "human" => action.human = self.string(value, "human"),
                "ok" => action.ok = self.string(value, "ok"),
                "failed" => action.failed = self.string(value, "failed"),
                "cancelled" => action.cancelled = self.string(value, "cancelled"),
                "example" => action.example = self.scalar(value, "example"),
                "sample" => action.rate.sample = self.sample(value),
                "limit" => action.rate.limit = self.limit(value),
                "expose" => action.expose = self.expose(value),
                "deprecated" => action.deprecated = self.deprecated(value),
                _ => self.unknown_key(key, &format!("action {}", quoted(&action.name)), KEYS),
            }
        }
    }

    fn whitelist(&mut self, value: &Value<'_>) -> Vec<FieldUse> {
        let (mut uses, mut seen) = (Vec::new(), HashMap::new());
        for Placed { value: written, place } in self.strings(value, "fields") {
            let name = written.strip_suffix('?');
            let (name, required) = (name.unwrap_or(&written).to_owned(), name.is_none());
            if let Some(first) = seen.get(&name) {
                let message = format!("{} is listed twice", quoted(&name));
                let problem = Problem::new(&rules::FIELD_TWICE, place, message);
                self.findings.push(problem.with_related(*first, "first listed here"));
            } else {
                seen.insert(name.clone(), place);
                uses.push(FieldUse { name, required, place });
            }
        }
        uses
    }
}
