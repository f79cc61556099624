//! A place that can be broken.
//!
//! In: what stands there. Out: what is written before and behind it, so that it
//! is as it was until its switch is on.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// Where the number of the switch goes.
const SWITCH: &str = "SWITCH";

/// A place and how it is broken.
#[derive(Clone)]
pub(super) struct Mutant {
    /// Its switch.
    pub(super) number: usize,
    pub(super) file: PathBuf,
    /// Counted from 1.
    pub(super) line: usize,
    /// File, fn and change: the same as long as nothing about the place is changed.
    pub(super) name: String,
    /// The bytes it spans.
    pub(super) range: Range<usize>,
    before: String,
    behind: String,
}

/// What is done to a place.
pub(super) struct Change {
    pub(super) range: Range<usize>,
    /// In words.
    pub(super) what: String,
    /// What is written around it; `SWITCH` is true where it is broken.
    pub(super) before: String,
    pub(super) behind: String,
}

impl Change {
    /// A truth becomes the other one.
    pub(super) fn negated(range: Range<usize>) -> Self {
        Self::around(range, "negated", "(", ") != SWITCH")
    }

    /// A statement is left out.
    pub(super) fn omitted(range: Range<usize>) -> Self {
        Self::around(range, "left out", "if !SWITCH { ", " }")
    }

    /// A value is lost.
    pub(super) fn lost(range: Range<usize>) -> Self {
        Self::around(range, "lost", "", ".filter(|_| !SWITCH)")
    }

    /// One expression for another.
    pub(super) fn replaced(range: Range<usize>, by: &str) -> Self {
        let before = format!("(if SWITCH {{ {by} }} else {{ ");
        let what = format!("`{}` instead of", one_line(by));
        Self::around(range, &what, &before, " })")
    }

    /// An arm gives what another one gives.
    pub(super) fn exchanged(range: Range<usize>, other: &str) -> Self {
        let before = format!("if SWITCH {{ {other} }} else {{ ");
        let what = format!("`{}` instead of", one_line(other));
        Self::around(range, &what, &before, " }")
    }

    /// An arm does not match.
    pub(super) fn unmatched(range: Range<usize>) -> Self {
        Self::around(range, "not matched", "", " if !SWITCH")
    }

    /// A function answers at once.
    pub(super) fn answered(at: usize, by: &str) -> Self {
        let before = format!(" if SWITCH {{ return {by}; }}");
        Self::around(at..at, &format!("always `{by}`"), &before, "")
    }

    fn around(range: Range<usize>, what: &str, before: &str, behind: &str) -> Self {
        Self { range, what: what.to_owned(), before: before.to_owned(), behind: behind.to_owned() }
    }
}

impl Mutant {
    /// The change as a mutant of a file, in a fn.
    pub(super) fn of(change: Change, number: usize, file: &Path, text: &str, within: &str) -> Self {
        let Change { range, what, before, behind } = change;
        let place = one_line(text.get(range.clone()).unwrap_or_default());
        let line = text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
        let switch = format!("crate::mutant({number})");
        let shown = if place.is_empty() { what } else { format!("{what} `{place}`") };
        let name = format!("{}: {within}: {shown}", file.to_string_lossy().replace('\\', "/"));
        let set = |text: String| text.replace(SWITCH, &switch);
        Self {
            number,
            file: file.to_owned(),
            line,
            name,
            range,
            before: set(before),
            behind: set(behind),
        }
    }
}

impl Mutant {
    /// Under another name, where its own is taken.
    pub(super) fn named(self, name: String) -> Self {
        Self { name, ..self }
    }
}

/// A file's text with all of its places behind their switches. No line is added or taken.
pub(super) fn switched<'m>(text: &str, mutants: impl Iterator<Item = &'m Mutant>) -> String {
    let mut inserted = Vec::new();
    for mutant in mutants {
        let Range { start, end } = mutant.range;
        let inside = usize::MAX - (end - start);
        // What ends here is closed before anything is opened: the inner first, then the outer.
        inserted.push(((end, 0, end - start, mutant.number), mutant.behind.as_str()));
        inserted.push(((start, 1, inside, usize::MAX - mutant.number), mutant.before.as_str()));
    }
    inserted.sort_unstable();
    let (mut whole, mut from) = (String::with_capacity(text.len() * 2), 0);
    for ((at, ..), words) in inserted {
        whole.push_str(text.get(from..at).unwrap_or_default());
        whole.push_str(words);
        from = at;
    }
    whole + text.get(from..).unwrap_or_default()
}

/// A text without its line breaks, and not too long to be read.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(70) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutants(text: &str, changes: Vec<Change>) -> String {
        let of = |(at, change)| Mutant::of(change, at + 1, Path::new("a.rs"), text, "f");
        let mutants: Vec<_> = changes.into_iter().enumerate().map(of).collect();
        switched(text, mutants.iter())
    }

    #[test]
    fn places_inside_of_places_stay_inside() {
        let text = "if a == Some(1) { f(); }";
        let changes = vec![Change::negated(3..15), Change::lost(8..15), Change::omitted(18..22)];
        assert_eq!(
            mutants(text, changes),
            "if (a == Some(1).filter(|_| !crate::mutant(2))) != crate::mutant(1) \
             { if !crate::mutant(3) { f(); } }"
        );
    }

    #[test]
    fn a_place_is_named_by_file_fn_and_change() {
        let mutant = Mutant::of(Change::lost(4..11), 7, Path::new("src/a.rs"), "x =\nSome(1)", "f");
        assert_eq!(mutant.name, "src/a.rs: f: lost `Some(1)`");
        assert_eq!(mutant.line, 2);
    }
}
