//! `diff`: what changed between two versions of a vocabulary.
//!
//! In: two files, or revisions of them. Out: breaking and safe changes.

mod revision;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use narration_taxonomy::Taxonomy;
use serde::Serialize;

use crate::args::options;
use crate::diff::{Change, diff};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::report::Report;
use crate::vocabularies;

const LONG: &str = "\
Compare two versions of a vocabulary and tell breaking changes from safe ones.

Breaking is what makes a call fail to compile, what a reader of logs would miss \
or misread (a name that is gone, a type, unit, target, outcome or lower level), \
and what shows a value that was hidden. New names and optional fields, other \
words and higher levels are safe.

OLD and NEW are files, or files of a git revision written as REVISION:PATH, \
with what they extend in that revision.

Ends with 1 when a change is breaking.";

const EXAMPLES: &str = "\
Examples:
  cargo narration diff main:narration.toml narration.toml
  cargo narration diff v1/narration.toml v2/narration.toml --format json
";

pub(crate) fn args(name: &'static str) -> Command {
    let file = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).value_name(value).required(true).help(help)
    };
    Command::new(name)
        .about("Tell breaking from safe changes between two versions of a vocabulary")
        .long_about(LONG)
        .arg(file("old", "OLD", "The older version: a file, or REVISION:PATH"))
        .arg(file("new", "NEW", "The newer version"))
        .arg(options::format(&["text", "json"]))
        .after_help(EXAMPLES)
}

/// What to compare.
pub(crate) struct Plan {
    old: Taxonomy,
    new: Taxonomy,
    json: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let read = |name| {
            let typed = matches.get_one::<String>(name).map(String::as_str);
            version(typed.unwrap_or_default())
        };
        Ok(Self {
            old: read("old")?,
            new: read("new")?,
            json: options::format_of(matches) == "json",
        })
    }
}

#[derive(Serialize)]
struct Data {
    version: u32,
    breaking: usize,
    changes: Vec<Change>,
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let changes = diff(&plan.old, &plan.new);
    let breaking = changes.iter().filter(|change| change.breaking).count();
    let exit = if breaking > 0 { Exit::Findings } else { Exit::Fine };
    let report = if plan.json {
        Report::json(&Data { version: 1, breaking, changes })
    } else {
        Report::text(told(&changes, breaking))
    };
    Ok(report.exit(exit))
}

fn told(changes: &[Change], breaking: usize) -> String {
    let mut told = String::new();
    for (heading, kind) in [("breaking", true), ("safe", false)] {
        let mut of_kind = changes.iter().filter(|change| change.breaking == kind).peekable();
        if of_kind.peek().is_some() {
            told.push_str(&format!("{heading}:\n"));
        }
        for change in of_kind {
            told.push_str(&format!("  {} {}\n", change.what, change.how));
        }
    }
    told + &format!("{breaking} breaking, {} safe\n", changes.len() - breaking)
}

/// A version of a vocabulary: a file, or a file of a revision.
fn version(typed: &str) -> Result<Taxonomy, Fault> {
    if let Some((commit, path)) = typed.split_once(':')
        && !Path::new(typed).exists()
    {
        return revision::of_revision(commit, path);
    }
    let known = vocabularies::file(&PathBuf::from(typed))?.sound()?;
    Ok(known.vocabulary.taxonomy().clone())
}
