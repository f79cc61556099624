//! `vendor`: the part of a vocabulary that a published package carries.
//!
//! In: packages. Out: a snapshot in each, or whether it is stale.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_syntax::scan::Found;
use narration_taxonomy::locate::SNAPSHOT;

use crate::args::options;
use crate::check::survey;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::report::Report;
use crate::sources::{Package, Selection, Workspace, files};
use crate::vendor::{Packed, part, write};

const LONG: &str = "\
Write narration.snapshot.toml beside a package's manifest: what the package \
narrates of its vocabulary, joined over all that the vocabulary extends, in one \
file. Packed by `cargo publish`, it governs the package on every machine, \
whatever vocabulary lies around there; in its own workspace nobody reads it.

A package that uses `taxonomy!()` gets the whole vocabulary, since any name may \
be asked for at run time. A snapshot that cargo would not pack (`include`, \
`exclude`, .gitignore) is told, with exit code 1.";

const EXAMPLES: &str = "\
Examples:
  cargo narration vendor -p pool-managerd
  cargo narration vendor --workspace --check    # in CI: is a snapshot stale?
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Write the part of the vocabulary that a published package carries")
        .long_about(LONG)
        .args(options::selection())
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Write nothing; end with 1 when a snapshot is missing, stale or not packed"),
        )
        .after_help(EXAMPLES)
}

/// For which packages.
pub(crate) struct Plan {
    selection: Selection,
    check: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self { selection: options::selection_of(matches), check: matches.get_flag("check") })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let workspace = Workspace::read(plan.selection.manifest.as_deref())?;
    let mut told = String::new();
    let (mut stale, mut left_out) = (false, false);
    for package in workspace.selected(&plan.selection)? {
        let Some(text) = snapshot(package, &workspace)? else { continue };
        let path = package.folder().join(SNAPSHOT);
        let there = read(&path)?;
        let is_fresh = there.as_deref() == Some(text.as_str());
        let how = match (is_fresh, plan.check) {
            (true, _) => "is up to date",
            (false, false) => "written",
            (false, true) if there.is_none() => "is missing",
            (false, true) => "is stale",
        };
        if !is_fresh && !plan.check {
            fs::write(&path, &text).map_err(|error| Fault::unwritable(&path, &error))?;
        }
        stale |= !is_fresh && plan.check;
        told.push_str(&format!("{} {how}\n", shown(&path, &workspace)));
        if !(plan.check && there.is_none())
            && let Packed::LeftOut { manifest } = Packed::ask(package)
        {
            left_out = true;
            let (manifest, package) = (shown(&manifest, &workspace), &package.name);
            told.push_str(&format!("  cargo leaves it out of {package}: see `include` and `exclude` in {manifest}, and what git ignores\n"));
        }
    }
    if told.is_empty() {
        let message = "no package here narrates by a vocabulary";
        return Err(Fault::new(Exit::NotFound, message)
            .help("name packages with -p, or all with --workspace"));
    }
    let report = Report::text(told);
    Ok(match (stale, left_out) {
        (true, _) => report.exit(Exit::Findings).note("`cargo narration vendor` writes them anew"),
        (false, true) => report.exit(Exit::Findings),
        (false, false) => report,
    })
}

fn shown(path: &Path, workspace: &Workspace) -> String {
    path.strip_prefix(&workspace.root).unwrap_or(path).display().to_string()
}

fn read(path: &PathBuf) -> Result<Option<String>, Fault> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::unreadable(path, &error)),
    }
}

/// The text of a package's snapshot; none for a package that does not narrate.
fn snapshot(package: &Package, workspace: &Workspace) -> Result<Option<String>, Fault> {
    let survey = survey(package, workspace)?;
    if survey.calls == 0 || survey.known.vocabulary.loaded().source.is_none() {
        return Ok(None);
    }
    if !survey.known.vocabulary.fault_free() {
        let message = format!("the vocabulary of {} has faults", package.name);
        return Err(Fault::new(Exit::Findings, message).help("`cargo narration check` shows them"));
    }
    let taxonomy = survey.known.vocabulary.taxonomy();
    let is_whole = files(package, &workspace.root)?.iter().any(|file| {
        file.found.iter().flatten().any(|found| {
            matches!(&found.call, Found::Macro { path, .. } if path.rsplit("::").next() == Some("taxonomy"))
        })
    });
    let text = if is_whole { write(taxonomy) } else { write(&part(taxonomy, &survey)) };
    let head = format!(
        "# What {} narrates, written by `cargo narration vendor` for publishing; do not edit.\n\n",
        package.name
    );
    Ok(Some(head + &text))
}
