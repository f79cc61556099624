//! `[levels]`: how much is told of each level.
//!
//! In: the section. Out: a rate for each level that has one. What is at `warn`
//! or `error` is always told, so that those levels take none.

use crate::model::{Level, LevelRate, Rate};
use crate::reader::{Reader, Value, entries};

const LEVELS: &[&str] = &["trace", "debug", "info"];

const KEYS: &[&str] = &["sample", "limit"];

impl Reader<'_> {
    pub(super) fn levels(&mut self, value: &Value<'_>) -> Vec<LevelRate> {
        let Some(table) = self.table(value, "levels") else {
            return Vec::new();
        };
        let mut levels = Vec::new();
        for (key, value) in entries(table) {
            let level = match key.get_ref().as_ref() {
                "trace" => Level::Trace,
                "debug" => Level::Debug,
                "info" => Level::Info,
                _ => {
                    self.unknown_key(key, "`[levels]`", LEVELS);
                    continue;
                }
            };
            levels.push(LevelRate { level, rate: self.level(value, key.get_ref()) });
        }
        levels
    }

    fn level(&mut self, value: &Value<'_>, name: &str) -> Rate {
        let mut rate = Rate::default();
        let Some(table) = self.table(value, name) else { return rate };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "sample" => rate.sample = self.sample(value),
                "limit" => rate.limit = self.limit(value),
                _ => self.unknown_key(key, &format!("level `{name}`"), KEYS),
            }
        }
        rate
    }
}
