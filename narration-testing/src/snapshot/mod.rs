//! Snapshots: a whole story as text that the next run tells in the same words.
//!
//! In: a [`Story`]. Out: a [`Snapshot`], whose text is held against a file by
//! [`assert_story!`](crate::assert_story).

mod explain;
mod golden;
#[cfg(feature = "insta")]
pub(crate) mod insta;
mod kind;
mod mode;
mod normal;
mod order;
mod part;
mod rank;
mod seat;
mod stale;
mod strand;
mod write;

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[doc(hidden)]
pub use golden::{Asserted, check};
#[doc(hidden)]
pub use stale::refuse;

use crate::capture::Capture;
use crate::event::Event;
use crate::names;
use crate::story::Story;
use normal::Normal;
use order::{Order, Step};
use part::Line;
use rank::Ranks;

/// A story as text that does not change from run to run, unless what it tells does.
///
/// - Ids become ordinals that keep identity: `corr#1`, `job#2`. Ids are the string fields of the
///   classes `id`, `pii` and `content`, the built-in ones too, and what [`Snapshot::ids`] names.
/// - Times become their unit: `<ms>`. So do moments: `<time>`.
/// - Folders in the folder for temporary files become ordinals, too: `tmp#1/logs`.
/// - Where such a value stands in a text it is replaced as the value of the narration's own field.
/// - What depends on something else is told under it, and behind it. What runs side by side is
///   marked, and told in an order of its own.
#[derive(Clone, Debug)]
pub struct Snapshot {
    events: Vec<Event>,
    normal: Normal,
    without: BTreeSet<(String, String)>,
    beside: BTreeSet<(String, String)>,
    as_told: bool,
}

impl Story {
    /// The story as text for a file, see [`assert_story!`](crate::assert_story).
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut normal = Normal::default();
        normal.kinds.vocabulary = names::vocabulary(self);
        Snapshot {
            events: self.events(),
            normal,
            without: BTreeSet::new(),
            beside: BTreeSet::new(),
            as_told: false,
        }
    }
}

impl Snapshot {
    /// Only what is told of one request.
    #[must_use]
    pub fn of(mut self, correlation_id: impl AsRef<str>) -> Self {
        self.events.retain(|event| event.correlation_id() == Some(correlation_id.as_ref()));
        self
    }

    /// Shows the values of these fields as they are: those that are the same in every run.
    #[must_use]
    pub fn keep<'f>(mut self, fields: impl IntoIterator<Item = &'f str>) -> Self {
        self.normal.kinds.kept.extend(fields.into_iter().map(str::to_owned));
        self
    }

    /// Numbers the values of these fields, although the vocabulary does not say that they are ids:
    /// ports and processes, for instance.
    #[must_use]
    pub fn ids<'f>(mut self, fields: impl IntoIterator<Item = &'f str>) -> Self {
        self.normal.kinds.ids.extend(fields.into_iter().map(str::to_owned));
        self
    }

    /// Shows a folder by a name. Those for temporary files need none.
    #[must_use]
    pub fn folder(mut self, path: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        self.normal.folders.push((path.into(), name.into()));
        self
    }

    /// Leaves an action out: one that is told as often as the clock says, for instance.
    #[must_use]
    pub fn without(mut self, actor: impl Into<String>, action: impl Into<String>) -> Self {
        self.without.insert((actor.into(), action.into()));
        self
    }

    /// Says that an action runs beside everything else in its span, so that its place means nothing.
    #[must_use]
    pub fn concurrent(mut self, actor: impl Into<String>, action: impl Into<String>) -> Self {
        self.beside.insert((actor.into(), action.into()));
        self
    }

    /// Tells everything in the order it was told, for what runs in one thread.
    #[must_use]
    pub fn as_told(mut self) -> Self {
        self.as_told = true;
        self
    }

    /// The same by the vocabulary of this package, where the process knows of none: a test that is
    /// not run by cargo.
    fn of_package(&self, package: &Path) -> Self {
        let mut snapshot = self.clone();
        let vocabulary = &mut snapshot.normal.kinds.vocabulary;
        if vocabulary.is_none() {
            *vocabulary = names::load(package, None).ok().map(Arc::new);
        }
        snapshot
    }

    /// The text; these openings (`[actor] action`) are known to run side by side.
    fn text(&self, hints: &[BTreeSet<String>]) -> String {
        let told =
            |event: &&Event| !self.without.contains(&(event.actor.clone(), event.action.clone()));
        let events: Vec<Event> = self.events.iter().filter(told).cloned().collect();
        let lines: Vec<Line> = events.iter().map(|event| self.normal.line(event)).collect();
        let steps = if self.as_told {
            (0..events.len()).map(Step::Told).collect()
        } else {
            let strands = strand::strands(&events, &self.beside);
            let ranks = Ranks::learn(&lines);
            Order { strands: &strands, lines: &lines, ranks, hints }.story()
        };
        write::write(&steps, &lines)
    }
}

/// The text.
impl Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&[]))
    }
}

impl From<&Snapshot> for Snapshot {
    fn from(snapshot: &Self) -> Self {
        snapshot.clone()
    }
}

impl From<&Story> for Snapshot {
    fn from(story: &Story) -> Self {
        story.snapshot()
    }
}

#[cfg(feature = "cucumber")]
impl From<&crate::cucumber::Scenario> for Snapshot {
    fn from(scenario: &crate::cucumber::Scenario) -> Self {
        Self::from(&**scenario)
    }
}

impl From<&Capture> for Snapshot {
    fn from(capture: &Capture) -> Self {
        capture.snapshot()
    }
}

/// Holds a story against `tests/stories/NAME.story` of this package.
///
/// Takes a `&Story`, a `&Capture` or a [`Snapshot`]. The file is written where there is none; where
/// it tells another story the test fails, says what became of it, and leaves the new story in
/// `NAME.story.new`. `STORY_UPDATE=1` writes files anew, `STORY_UPDATE=no` writes none, and neither
/// does a test in CI (`CI` is set): there a missing file fails, too. `INSTA_UPDATE` is listened to
/// where `STORY_UPDATE` says nothing.
///
/// ```no_run
/// # use narration_runtime::narrate;
/// let story = narration_testing::capture();
/// narrate!(actor = "pool-managerd", action = "spawn", engine = "llamacpp-v1", pool_id = "default");
/// narration_testing::assert_story!("an engine is spawned", &story);
/// ```
///
/// # Panics
///
/// The story differs, or cannot be held against the file; the caller's line is named.
#[macro_export]
macro_rules! assert_story {
    ($name:expr, $story:expr $(,)?) => {
        $crate::__snapshot::check(
            &$crate::__snapshot::Asserted {
                name: ::core::convert::AsRef::<str>::as_ref(&$name),
                package: ::core::env!("CARGO_MANIFEST_DIR"),
                source: ::core::file!(),
            },
            &::core::convert::Into::<$crate::Snapshot>::into($story),
        )
    };
}

/// Fails when `tests/stories` of this package has files that no test asserts any more: the source
/// that wrote one is gone, or does not name it. Stories that were not taken over (`.story.new`) fail,
/// too.
///
/// # Panics
///
/// There are such files; all of them are named.
#[macro_export]
macro_rules! assert_no_stale_stories {
    () => {
        $crate::__snapshot::refuse(::core::env!("CARGO_MANIFEST_DIR"))
    };
}

/// The same through insta: the story is a `.snap` file in `tests/stories`, and `cargo insta review`
/// takes it over. As in all of insta's names, `_` stands for a blank and `__` for a folder.
///
/// # Panics
///
/// The story differs, or has a secret in it; the caller's line is named.
#[cfg(feature = "insta")]
#[macro_export]
macro_rules! assert_insta_story {
    ($name:expr, $story:expr $(,)?) => {{
        let snapshot = ::core::convert::Into::<$crate::Snapshot>::into($story);
        let name = $crate::__snapshot::file_name(::core::convert::AsRef::<str>::as_ref(&$name));
        let text = $crate::__snapshot::text(&snapshot, ::core::env!("CARGO_MANIFEST_DIR"), &name);
        let mut settings = $crate::__snapshot::insta::Settings::clone_current();
        settings.set_snapshot_path(::core::concat!(
            ::core::env!("CARGO_MANIFEST_DIR"),
            "/tests/stories"
        ));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| $crate::__snapshot::insta::assert_snapshot!(name, text))
    }};
}
