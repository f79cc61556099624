//! `catalog`: the tables of all events of a vocabulary.
//!
//! In: a vocabulary, and the sources that use it. Out: Markdown, a page or
//! JSON; or whether a committed catalogue is stale.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use similar::TextDiff;

use crate::args::options;
use crate::catalog::{Catalog, catalog, html, markdown, tables};
use crate::check::{Site, survey};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::json_text;
use crate::report::Report;
use crate::sources::Workspace;
use crate::vocabularies::{self, Known};

const LONG: &str = "\
Print the catalogue of a vocabulary: for every actor the table of its events \
(action, when, example target), then levels, texts, fields with their classes, \
outcomes, the files that narrate them, and what may be shown on purpose.

The tables are made from `when`, `example` and `target` of each action; `this \
or that` in `example` names two. An action without an example takes that of its \
target's field.";

const EXAMPLES: &str = "\
Examples:
  cargo narration catalog --output docs/events.md
  cargo narration catalog --check docs/events.md      # in CI: is it stale?
  cargo narration catalog --events                    # the event tables alone
  cargo narration catalog --format html > events.html
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Print the tables of all events, with levels, fields, classes and call sites")
        .long_about(LONG)
        .arg(vocabularies::arg())
        .arg(options::format(&["markdown", "html", "json"]))
        .arg(
            Arg::new("events")
                .long("events")
                .action(ArgAction::SetTrue)
                .help("The event tables alone, as Markdown"),
        )
        .arg(options::path("output", "FILE", "Write to a file; the ending says the format"))
        .arg(
            Arg::new("check")
                .long("check")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with("output")
                .help("Compare with a committed catalogue; ends with 1 when it is stale"),
        )
        .after_help(EXAMPLES)
}

/// Which catalogue, and where it goes.
pub(crate) struct Plan {
    known: Known,
    /// Whether the sources around belong to the vocabulary.
    format: Format,
    to: To,
}

#[derive(Clone, Copy)]
enum Format {
    Markdown,
    Events,
    Html,
    Json,
}

enum To {
    Print,
    Write(PathBuf),
    Compare(PathBuf),
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let to = match (matches.get_one::<PathBuf>("output"), matches.get_one::<PathBuf>("check")) {
            (Some(path), _) => To::Write(path.clone()),
            (_, Some(path)) => To::Compare(path.clone()),
            _ => To::Print,
        };
        let typed = matches.value_source("format") == Some(clap::parser::ValueSource::CommandLine);
        let format = match (&to, options::format_of(matches)) {
            _ if matches.get_flag("events") => Format::Events,
            (To::Write(path) | To::Compare(path), _) if !typed => by_ending(path),
            (_, "html") => Format::Html,
            (_, "json") => Format::Json,
            _ => Format::Markdown,
        };
        Ok(Self { known: vocabularies::one(matches)?.sound()?, format, to })
    }
}

fn by_ending(path: &Path) -> Format {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Format::Html,
        Some("json") => Format::Json,
        _ => Format::Markdown,
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let sites = sites(&plan.known)?;
    let catalog = catalog(&plan.known.vocabulary, &sites);
    let text = rendered(&catalog, plan.format);
    match plan.to {
        To::Print => Ok(Report::text(text)),
        To::Write(path) => {
            fs::write(&path, text).map_err(|error| Fault::unwritable(&path, &error))?;
            Ok(Report::text("").note(format!("{} written", path.display())))
        }
        To::Compare(path) => {
            let committed = fs::read_to_string(&path);
            let committed = committed.map_err(|error| Fault::unreadable(&path, &error))?;
            Ok(compared(&path, &committed.replace("\r\n", "\n"), &text))
        }
    }
}

fn rendered(catalog: &Catalog, format: Format) -> String {
    match format {
        Format::Markdown => markdown(catalog),
        Format::Events => tables(catalog).trim_start().to_owned(),
        Format::Html => html(catalog),
        // The same type that `--format json` prints elsewhere: it cannot fail.
        Format::Json => json_text::pretty(catalog) + "\n",
    }
}

fn compared(path: &Path, committed: &str, fresh: &str) -> Report {
    if committed == fresh {
        return Report::text(format!("{} is up to date\n", path.display()));
    }
    let diff = TextDiff::from_lines(committed, fresh);
    let diff = diff.unified_diff().header("committed", "as it should be").to_string();
    Report::text(diff).exit(Exit::Findings).note(format!(
        "{} is stale; `cargo narration catalog --output {}` writes it anew",
        path.display(),
        path.display()
    ))
}

/// The places that narrate by this vocabulary, in the workspace around. Where
/// there is none, as on a machine without sources, there are no places.
pub(super) fn sites(known: &Known) -> Result<Vec<Site>, Fault> {
    let governing = identity(known);
    let Ok(workspace) = Workspace::read(None) else { return Ok(Vec::new()) };
    let mut sites = Vec::new();
    for package in &workspace.packages {
        if identity(&vocabularies::of_folder(package.folder())) == governing {
            sites.extend(survey(package, &workspace)?.sites);
        }
    }
    Ok(sites)
}

fn identity(known: &Known) -> Option<PathBuf> {
    let source = known.vocabulary.loaded().source.clone()?;
    Some(source.canonicalize().unwrap_or(source))
}
