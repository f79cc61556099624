//! `[[package.metadata.narration.allow]]`: what `cargo narration check` leaves alone.
//!
//! In: the array of tables. Out: its entries. Whether they hold is the reader's
//! to say: what it leaves alone must not stop a build.

use crate::model::{Place, Placed};
use crate::reader::{Reader, Value, entries};

const KEYS: &[&str] = &["path", "macros", "actions", "reason"];

/// Something that is meant to be as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Allowed {
    /// Where the entry stands.
    pub place: Place,
    /// The files meant, a glob from the manifest's folder; none means every file.
    pub path: Option<Placed<String>>,
    /// The macros that may stay there, without `!`; empty means any.
    pub macros: Vec<Placed<String>>,
    /// The actions that need no call, as `actor.action`; `*` stands for any action.
    pub actions: Vec<Placed<String>>,
    /// Why.
    pub reason: Option<Placed<String>>,
}

impl Reader<'_> {
    pub(super) fn allow(&mut self, value: &Value<'_>) -> Vec<Allowed> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(value, "allow", "an array of tables");
            return Vec::new();
        };
        array.iter().filter_map(|entry| self.allowed(entry)).collect()
    }

    fn allowed(&mut self, value: &Value<'_>) -> Option<Allowed> {
        let table = self.table(value, "allow")?;
        let mut allowed = Allowed { place: self.place(value.span()), ..Allowed::default() };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "path" => allowed.path = self.string(value, "path"),
                "macros" => allowed.macros = self.strings(value, "macros"),
                "actions" => allowed.actions = self.strings(value, "actions"),
                "reason" => allowed.reason = self.string(value, "reason"),
                _ => {
                    self.unknown_key(key, "`[[package.metadata.narration.allow]]`", KEYS);
                }
            }
        }
        Some(allowed)
    }
}
