//! What a service told, and what can be asked of it.
//!
//! In: what a capture heard, or a log says. Out: its narrations, and the
//! questions a plain `assert!` can ask.

use std::fmt::{self, Display};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;
use std::sync::Arc;

use narration_record::Level;
use tracing_subscriber::filter::Targets;

use crate::event::{Event, OtherLine};
use crate::query::Query;
use crate::recording::Recording;
use crate::{fail, names, report};

/// What a service told, in the order it told it.
///
/// A capture's story grows while the service narrates; that of a log is as
/// long as the log. Clones are the same story.
#[derive(Clone)]
pub struct Story {
    pub(crate) recording: Arc<Recording>,
    /// Whether it is of a capture, which misses what strays.
    pub(crate) is_capture: bool,
}

/// What a panic leaves behind is a story that ends there, which a test may well look at.
impl UnwindSafe for Story {}
impl RefUnwindSafe for Story {}

impl Story {
    /// The story of a capture.
    pub(crate) fn of(recording: Arc<Recording>) -> Self {
        Self { recording, is_capture: true }
    }

    /// Everything that was told so far.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.recording.events()
    }

    /// How many narrations there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.recording.read(|events, _| events.len())
    }

    /// Whether nothing was told so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lines that were no records: what else a program printed.
    #[must_use]
    pub fn other_lines(&self) -> Vec<OtherLine> {
        self.recording.read(|_, others| others.to_vec())
    }

    /// Narrations that pass tests still to be named.
    pub fn narrations(&self) -> Query<'_> {
        Query::of(self)
    }

    /// Narrations of this actor.
    ///
    /// # Panics
    ///
    /// No actor has this name.
    #[track_caller]
    pub fn actor(&self, name: impl AsRef<str>) -> Query<'_> {
        self.narrations().actor(name)
    }

    /// Narrations of this action, whoever did it.
    ///
    /// # Panics
    ///
    /// No action has this name.
    #[track_caller]
    pub fn action(&self, name: impl AsRef<str>) -> Query<'_> {
        self.narrations().action(name)
    }

    /// Narrations with this value of a field.
    ///
    /// # Panics
    ///
    /// No field has this name.
    #[track_caller]
    pub fn field(&self, name: impl AsRef<str>, value: impl Display) -> Query<'_> {
        self.narrations().field(name, value)
    }

    /// Narrations whose text includes these words.
    pub fn text(&self, text: impl AsRef<str>) -> Query<'_> {
        self.narrations().text(text)
    }

    /// Narrations of this level or a worse one.
    pub fn at_least(&self, level: Level) -> Query<'_> {
        self.narrations().at_least(level)
    }

    /// Whether a narration's text includes these words.
    #[must_use]
    pub fn includes(&self, text: impl AsRef<str>) -> bool {
        self.text(text).exists()
    }

    /// How many narrations' texts include these words.
    #[must_use]
    pub fn count(&self, text: impl AsRef<str>) -> usize {
        self.text(text).count()
    }

    /// Whether a narration has this field with this value.
    ///
    /// # Panics
    ///
    /// No field has this name.
    #[must_use]
    #[track_caller]
    pub fn has_field(&self, name: impl AsRef<str>, value: impl Display) -> bool {
        self.field(name, value).exists()
    }

    /// Whether a narration has a correlation id.
    #[must_use]
    pub fn has_correlation_id(&self) -> bool {
        self.recording.read(|events, _| events.iter().any(|event| event.correlation_id().is_some()))
    }

    /// The correlation ids of the story, each once, in the order they appear.
    #[must_use]
    pub fn correlation_ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        self.recording.read(|events, _| {
            for id in events.iter().filter_map(Event::correlation_id) {
                if !ids.iter().any(|known| known == id) {
                    ids.push(id.to_owned());
                }
            }
        });
        ids
    }

    /// Whether narrations with these words stand one after the other; others may stand between them.
    #[must_use]
    pub fn tells_in_order(&self, texts: &[impl AsRef<str>]) -> bool {
        self.told_in_order(texts) == texts.len()
    }

    /// How many of the texts are found, each behind the one before it.
    pub(crate) fn told_in_order(&self, texts: &[impl AsRef<str>]) -> usize {
        self.recording.read(|events, _| {
            let mut wanted = texts.iter().map(AsRef::as_ref).peekable();
            for event in events {
                let _ = wanted.next_if(|text| event.human.contains(text));
            }
            texts.len() - wanted.count()
        })
    }

    /// Says what production lets through, in the directives of `RUST_LOG` that name
    /// actors, actions and levels; without this it is `info`. Captures hear
    /// everything all the same: [`Query::filtered`] asks for what is narrated, but
    /// filtered in production.
    ///
    /// # Panics
    ///
    /// The directives cannot be read.
    #[track_caller]
    pub fn production_filter(&self, directives: &str) -> &Self {
        match directives.parse::<Targets>() {
            Ok(filter) => self.recording.refilter(filter),
            Err(error) => fail::now(&format!("{directives:?} is no filter: {error}")),
        }
        self
    }

    /// Holds the names that tests ask for against this vocabulary, rather than
    /// against that of the package that is tested.
    ///
    /// # Panics
    ///
    /// There is no such file.
    #[track_caller]
    pub fn vocabulary(&self, file: impl AsRef<Path>) -> &Self {
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        match names::load(Path::new(&folder), Some(file.as_ref())) {
            Ok(vocabulary) => self.recording.set_vocabulary(vocabulary),
            Err(error) => fail::now(&error),
        }
        self
    }
}

/// The story, one narration a line.
impl Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.recording.read(|events, _| f.write_str(&report::told(events)))
    }
}

impl fmt::Debug for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.recording.read(|events, _| {
            write!(f, "Story({} narrations)\n{}", events.len(), report::told(events))
        })
    }
}
