//! A story's file.
//!
//! In: a snapshot, and who asserts it. Out: nothing when the file tells the same
//! story; a failed test otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::mode::Mode;
use super::write::{BRANCH, opening};
use super::{Snapshot, explain, stale};
use crate::{coverage, fail};

/// The first words of a file; the story's name is behind them.
pub(super) const NAME: &str = "# story: ";

/// The first words of a file's second line; the source that asserts it is behind them.
pub(super) const SOURCE: &str = "# asserted in: ";

/// Who asserts what: made by [`assert_story!`](crate::assert_story).
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Asserted<'a> {
    /// The story's name.
    pub name: &'a str,
    /// The folder of the package.
    pub package: &'a str,
    /// The source, as the compiler names it.
    pub source: &'a str,
}

/// Holds a story against its file.
#[doc(hidden)]
#[track_caller]
pub fn check(asserted: &Asserted<'_>, snapshot: &Snapshot) {
    let snapshot = &snapshot.of_package(Path::new(asserted.package));
    let held = file(asserted).and_then(|file| {
        compare(asserted, snapshot, Mode::of_environment(), &file)?;
        Ok(file)
    });
    match held {
        Ok(file) => coverage::held(&file, std::panic::Location::caller()),
        Err(report) => fail::now(&report),
    }
}

/// Where a story has its file.
fn file(asserted: &Asserted<'_>) -> Result<PathBuf, String> {
    Ok(folder(asserted.package).join(format!("{}.story", file_name(asserted.name)?)))
}

fn compare(
    asserted: &Asserted<'_>,
    snapshot: &Snapshot,
    mode: Mode,
    file: &Path,
) -> Result<(), String> {
    let shown = file.strip_prefix(asserted.package).unwrap_or(file).display().to_string();
    let known = match fs::read_to_string(file) {
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{shown} cannot be read: {error}")),
    };
    let told = known.as_deref().map(body);
    let text = snapshot.text(&told.map(hints).unwrap_or_default());
    if let Some(secret) = secret(&text) {
        return Err(format!("a secret stands in the story `{}`: {secret}", asserted.name));
    }
    let whole = format!("{}\n{text}", head(asserted));
    let proposal = file.with_extension("story.new");
    match (told, mode) {
        (Some(told), _) if told == text => {
            let _ = fs::remove_file(&proposal);
            if mode != Mode::Check && known.as_deref() != Some(&whole) {
                return write(file, &whole, &shown);
            }
            Ok(())
        }
        (None, Mode::Check) => Err(format!(
            "there is no {shown}: run the test once outside of CI, or with STORY_UPDATE=1, and \
             commit what it writes\n{text}"
        )),
        (None, Mode::Propose) | (_, Mode::Update) => {
            let _ = fs::remove_file(&proposal);
            write(file, &whole, &shown)
        }
        (Some(told), _) => {
            let mut report = format!("the story is another one than {shown} tells:\n");
            report.push_str(&explain::explain(told, &text));
            if branches(&text) > branches(told) {
                report.push_str(OVERLAP);
            }
            if mode == Mode::Propose {
                write(&proposal, &whole, &shown)?;
                report.push_str(&format!("the new story is in {shown}.new; "));
            }
            report.push_str("STORY_UPDATE=1 takes it over");
            Err(report)
        }
    }
}

/// The way out where a clock decided.
const OVERLAP: &str = "\
some steps overlapped in this run that the file tells one after the other. If they may, take the \
story over: what a file marks with `∥` may run either way from then on; `.concurrent(actor, action)` \
on the snapshot says so once and for all\n";

/// How many steps a story marks as concurrent with others.
fn branches(story: &str) -> usize {
    story.lines().filter(|line| line.trim_start().starts_with(BRANCH)).count()
}

/// Where the stories of a package are.
pub(super) fn folder(package: &str) -> PathBuf {
    Path::new(package).join("tests").join("stories")
}

/// What stands above a story.
fn head(asserted: &Asserted<'_>) -> String {
    let source = stale::source(asserted.package, asserted.source);
    format!("{NAME}{}\n{SOURCE}{source}\n", asserted.name)
}

/// The story, without what stands above it.
fn body(text: &str) -> &str {
    text.split_once("\n\n").filter(|_| text.starts_with(NAME)).map_or(text, |(_, body)| body)
}

/// A name as that of a file. Names may have blanks; folders are made by `/`.
fn file_name(name: &str) -> Result<String, String> {
    let part = |part: &str| !part.is_empty() && !part.starts_with('.');
    let letter = |letter: char| letter.is_alphanumeric() || " -_./".contains(letter);
    if name.split('/').all(part) && name.chars().all(letter) {
        return Ok(name.replace(' ', "-"));
    }
    Err(format!(
        "{name:?} cannot name a story: letters, digits, blanks, `-`, `_`, `.`, and `/` between folders can"
    ))
}

/// The line in which the detector finds what no file may have.
pub(super) fn secret(text: &str) -> Option<String> {
    let found = text.lines().map(narration_redact::redact);
    found
        .zip(text.lines())
        .find(|(redacted, line)| redacted != line)
        .map(|(redacted, _)| redacted.into_owned())
}

/// The openings that a file marks as running side by side.
pub(super) fn hints(told: &str) -> Vec<BTreeSet<String>> {
    let mut groups: Vec<(usize, BTreeSet<String>)> = Vec::new();
    let mut done = Vec::new();
    let mut lines = told.lines().peekable();
    while let Some(line) = lines.next() {
        let depth = line.len() - line.trim_start().len();
        while groups.last().is_some_and(|(outer, _)| *outer > depth) {
            done.extend(groups.pop().map(|(_, group)| group));
        }
        let Some(number) = line.trim_start().strip_prefix(BRANCH) else { continue };
        if number.trim_start().starts_with("1 of ")
            || groups.last().is_none_or(|(at, _)| *at != depth)
        {
            if groups.last().is_some_and(|(at, _)| *at == depth) {
                done.extend(groups.pop().map(|(_, group)| group));
            }
            groups.push((depth, BTreeSet::new()));
        }
        if let (Some((_, group)), Some(first)) = (groups.last_mut(), lines.peek()) {
            group.insert(opening(first.trim_start()).to_owned());
        }
    }
    done.extend(groups.into_iter().map(|(_, group)| group));
    done
}

fn write(file: &Path, text: &str, shown: &str) -> Result<(), String> {
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(file, text))
        .map_err(|error| format!("{shown} cannot be written: {error}"))
}
