//! The sections of a vocabulary, each as it stands in one file.
//!
//! In: the document of one file. Out: a [`Draft`], not yet joined with the
//! files it extends; checked here is only what needs no other declaration.

use crate::findings::Findings;
use crate::model::{Actor, Field, LevelRate, PiiMode, Place, Placed, Redaction};
use crate::reader::{Reader, Table, entries};
use crate::rules;
use crate::source::Source;

mod actions;
mod actors;
mod fields;
mod head;
mod levels;
mod naming;
mod rate;
mod redaction;

/// What one file declares.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) name: Option<String>,
    pub(crate) fields: Vec<Field>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) levels: Vec<LevelRate>,
    pub(crate) redaction: Redaction,
    /// Apart from the section, since the last word on it counts.
    pub(crate) pii_mode: Option<PiiMode>,
    pub(crate) extends: Vec<Placed<String>>,
    /// Where `[narration]` stands, else the file's beginning.
    pub(crate) head: Place,
    /// Whether the file could be read to its end.
    pub(crate) is_sound: bool,
}

const KEYS: &[&str] = &["narration", "fields", "actors", "levels", "redaction", "extends"];

/// Reads one file.
pub(crate) fn read(source: &Source, findings: &mut Findings) -> Draft {
    let mut reader = Reader { source, findings };
    let mut draft = Draft { head: source.place(0), ..Draft::default() };
    if let Some(document) = reader.document() {
        draft.is_sound = true;
        reader.sections(&document, &mut draft);
    }
    draft
}

impl Reader<'_> {
    fn sections(&mut self, document: &Table<'_>, draft: &mut Draft) {
        let mut version = None;
        for (key, value) in entries(document) {
            match key.get_ref().as_ref() {
                "narration" => {
                    draft.head = self.place(key.span());
                    version = self.head(value, draft);
                }
                "extends" => draft.extends.extend(self.strings(value, "extends")),
                "fields" => draft.fields = self.fields(value),
                "actors" => draft.actors = self.actors(value),
                "levels" => draft.levels = self.levels(value),
                "redaction" => self.redaction(value, draft),
                _ => self.unknown_key(key, "a vocabulary", KEYS),
            }
        }
        if version.is_none() {
            let message = "the vocabulary does not say which version of the format it uses";
            self.findings.add(&rules::VERSION_MISSING, draft.head, message.to_owned());
        }
    }
}
