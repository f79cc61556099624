//! `[narration]`: the vocabulary's name, the format's version, what it extends.
//!
//! In: the section. Out: the [`Draft`]'s head.

use super::Draft;
use crate::reader::{Reader, Value, entries};
use crate::rules;

const KEYS: &[&str] = &["version", "name", "extends"];

/// The only version of the format there is.
const VERSION: &str = "1";

/// Says that a version was given, be it a good one.
pub(super) struct VersionGiven;

impl Reader<'_> {
    pub(super) fn head(&mut self, value: &Value<'_>, draft: &mut Draft) -> Option<VersionGiven> {
        let mut version = None;
        for (key, value) in entries(self.table(value, "narration")?) {
            match key.get_ref().as_ref() {
                "version" => version = Some(self.version(value)),
                "name" => draft.name = self.text(value, "name"),
                "extends" => draft.extends.extend(self.strings(value, "extends")),
                _ => self.unknown_key(key, "`[narration]`", KEYS),
            }
        }
        version
    }

    fn version(&mut self, value: &Value<'_>) -> VersionGiven {
        match value.get_ref().as_integer() {
            Some(number) if number.to_string() == VERSION => {}
            Some(number) => {
                let message = format!("version {number} of the format is unknown");
                let place = self.place(value.span());
                self.findings.add(&rules::VERSION_UNSUPPORTED, place, message);
            }
            None => self.wrong_type(value, "version", "a number"),
        }
        VersionGiven
    }
}
