//! Places in programs and in sources, and which of them are the same.
//!
//! In: an actor's action at a line of a file. Out: what is known of that place.
//! Rustc may name a file by a longer path than the workspace does, so that the
//! shorter one has to be the end of the longer one.

use std::collections::HashMap;
use std::fmt;

use super::programs::Carried;
use super::recordings::Site;
use super::sites::CallSite;

/// Where an action is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) actor: &'a str,
    pub(super) action: &'a str,
    pub(super) file: &'a str,
    pub(super) line: u64,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}.{}", self.file, self.line, self.actor, self.action)
    }
}

/// Line, actor, action.
type Key<'a> = (u64, &'a str, &'a str);

/// Something about each of many places.
pub(super) struct Places<'a, T>(HashMap<Key<'a>, Vec<(&'a str, T)>>);

impl<'a, T> FromIterator<(Place<'a>, T)> for Places<'a, T> {
    fn from_iter<I: IntoIterator<Item = (Place<'a>, T)>>(places: I) -> Self {
        let mut all: HashMap<Key<'a>, Vec<(&'a str, T)>> = HashMap::new();
        for (place, what) in places {
            all.entry(place.key()).or_default().push((place.file, what));
        }
        Self(all)
    }
}

impl<T> Places<'_, T> {
    /// What is known of a place that the sources name.
    pub(super) fn ending_in<'s>(&'s self, written: Place<'s>) -> Option<&'s T> {
        let mut same = self.0.get(&written.key())?.iter();
        same.find(|(file, _)| ends_in(file, written.file)).map(|(_, what)| what)
    }

    /// Whether these, of the sources, have a place that a program names.
    pub(super) fn has_end_of(&self, built: Place<'_>) -> bool {
        let mut same = self.0.get(&built.key()).into_iter().flatten();
        same.any(|(file, _)| ends_in(built.file, file))
    }
}

fn ends_in(built: &str, written: &str) -> bool {
    built.strip_suffix(written).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

impl<'a> Place<'a> {
    fn key(&self) -> Key<'a> {
        (self.line, self.actor, self.action)
    }
}

impl Site {
    pub(super) fn place(&self) -> Place<'_> {
        let Self { actor, action, file, line } = self;
        Place { actor, action, file, line: *line }
    }
}

impl Carried {
    pub(super) fn place(&self) -> Place<'_> {
        let Self { actor, action, file, line } = self;
        Place { actor, action, file, line: *line }
    }
}

impl CallSite {
    pub(super) fn place(&self) -> Place<'_> {
        let Self { actor, action, file, line, .. } = self;
        Place { actor, action, file, line: *line }
    }
}
