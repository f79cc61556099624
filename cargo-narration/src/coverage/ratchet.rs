//! What may stay uncovered, and may only become less.
//!
//! In: a measurement and the list a team has committed. Out: what is uncovered
//! and not on the list, what is on the list and no longer uncovered, and the
//! shorter list. It holds ids, not a percentage: nobody can pay for one gap
//! with another.

use std::collections::BTreeSet;

use super::figures::{Coverage, Missing};

const HEAD: &str = "\
# What no test narrates yet, one id a line. This list may only become shorter:
# `cargo narration coverage --ratchet FILE --update` takes out what is covered now.
";

/// A committed list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ratchet(BTreeSet<String>);

/// A measurement held against a list.
pub(crate) struct Held<'c> {
    /// Uncovered, and not on the list.
    pub(crate) new: Vec<&'c Missing>,
    /// On the list, and covered or gone.
    pub(crate) done: Vec<String>,
    /// The list without those.
    pub(crate) shorter: Ratchet,
}

impl Ratchet {
    /// Reads a list: one id a line, `#` opens a comment.
    pub(crate) fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim);
        Self(
            lines
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .map(str::to_owned)
                .collect(),
        )
    }

    /// The list of everything that is uncovered: how a team begins.
    pub(crate) fn of(coverage: &Coverage) -> Self {
        Self(coverage.missing.iter().map(|missing| missing.id.clone()).collect())
    }

    /// How many ids it has.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The text to commit.
    pub(crate) fn to_text(&self) -> String {
        self.0.iter().fold(HEAD.to_owned(), |text, id| text + id + "\n")
    }

    /// Holds a measurement against the list.
    pub(crate) fn hold<'c>(&self, coverage: &'c Coverage) -> Held<'c> {
        let uncovered: BTreeSet<&str> =
            coverage.missing.iter().map(|missing| missing.id.as_str()).collect();
        let (still, done): (BTreeSet<String>, BTreeSet<String>) =
            self.0.iter().cloned().partition(|id| uncovered.contains(id.as_str()));
        let new = coverage.missing.iter().filter(|missing| !self.0.contains(&missing.id));
        Held { new: new.collect(), done: done.into_iter().collect(), shorter: Self(still) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(ids: &[&str]) -> Coverage {
        let missing = |id: &&str| Missing {
            id: (*id).to_owned(),
            place: "a.rs:1".to_owned(),
            why: "never reached",
        };
        Coverage { missing: ids.iter().map(missing).collect(), ..Coverage::default() }
    }

    #[test]
    fn the_list_gets_shorter_and_never_longer() {
        let list = Ratchet::parse("# old\naction a.b\n\nsite x\n");
        let now = coverage(&["site x", "site y"]);
        let held = list.hold(&now);
        assert_eq!(held.new.iter().map(|new| new.id.as_str()).collect::<Vec<_>>(), ["site y"]);
        assert_eq!(held.done, ["action a.b"]);
        assert_eq!(held.shorter, Ratchet::parse("site x"));
        assert_eq!(Ratchet::parse(&held.shorter.to_text()), held.shorter);
    }

    #[test]
    fn as_many_gaps_elsewhere_are_gaps_all_the_same() {
        let held = Ratchet::parse("site x").hold(&coverage(&["site y"])).new.len();
        assert_eq!(held, 1);
    }

    #[test]
    fn a_first_list_holds_everything() {
        let now = coverage(&["site x"]);
        assert!(Ratchet::of(&now).hold(&now).new.is_empty());
        assert_eq!(Ratchet::of(&now).len(), 1);
    }
}
