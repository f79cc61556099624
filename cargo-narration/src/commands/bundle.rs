//! `bundle`: a proof bundle of what a release narrates.
//!
//! In: a vocabulary, the workspace around, files that were named. Out: a folder
//! with checksums; or whether a folder is as its checksums say.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use narration_redact::looks_secret;
use serde_json::json;

use super::catalog::sites;
use crate::args::options;
use crate::bundle::{
    ByPlace, Part, Run, SUMS, Story, environment, of_run, of_vocabulary, of_workspace, read_sums,
    sums, verify,
};
use crate::catalog::catalog;
use crate::check::check;
use crate::coverage::Recordings;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::json_text;
use crate::report::Report;
use crate::sources::Workspace;
use crate::vocabularies::{self, Known};

const LONG: &str = "\
Write a folder that proves what a release narrates: the vocabulary with its \
catalogue and the schema of its records, what `check` came to, the story \
snapshots of the tests with their digests, the coverage of the last test run \
that was recorded (by `cargo narration coverage`, or with NARRATION_COVERAGE set) \
and which of its tests were told which story, the environment, and whatever is added with --stories and --add.

SHA256SUMS lists every file; `bundle --verify` or `sha256sum -c` tells whether \
one was changed, is missing or was added. The same input gives the same bundle, \
byte for byte. Nothing is written when a file holds what looks like a secret.

A folder is replaced when it is a bundle itself, and left alone otherwise.";

const EXAMPLES: &str = "\
Examples:
  cargo narration coverage -- cargo test
  cargo narration bundle --output proof
  cargo narration story req-xyz logs/ --format markdown > stuck.md
  cargo narration bundle --output proof --stories stuck.md --add CHANGELOG.md
  cargo narration bundle --verify proof
";

const UNRECORDED: &str = "record a run first, with `cargo narration coverage -- cargo test`";

pub(crate) fn args(name: &'static str) -> Command {
    let more = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("PATH")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    Command::new(name)
        .about("Write a proof bundle: catalogue, schema, checks, stories, coverage, checksums")
        .long_about(LONG)
        .arg(vocabularies::arg())
        .arg(
            options::path("output", "FOLDER", "Where to write the bundle")
                .required_unless_present("verify"),
        )
        .arg(
            options::path(
                "data",
                "FOLDER",
                "Where the test run recorded; by default in the target folder",
            )
            .conflicts_with("verify"),
        )
        .arg(more("stories", "A file or folder of stories to put in; may be given again"))
        .arg(more("add", "Any other file or folder to put in; may be given again"))
        .arg(
            options::path("verify", "FOLDER", "Only tell whether a bundle is as it was written")
                .conflicts_with("output"),
        )
        .after_help(EXAMPLES)
}

/// What to do with which folder.
pub(crate) enum Plan {
    Verify(PathBuf),
    Write(Box<Writing>),
}

/// What goes into which folder.
pub(crate) struct Writing {
    known: Known,
    output: PathBuf,
    data: Option<PathBuf>,
    stories: Vec<PathBuf>,
    more: Vec<PathBuf>,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        if let Some(folder) = matches.get_one::<PathBuf>("verify") {
            return Ok(Self::Verify(folder.clone()));
        }
        Ok(Self::Write(Box::new(Writing {
            known: vocabularies::one(matches)?.sound()?,
            output: matches.get_one::<PathBuf>("output").cloned().unwrap_or_default(),
            data: matches.get_one::<PathBuf>("data").cloned(),
            stories: options::paths_of(matches, "stories"),
            more: options::paths_of(matches, "add"),
        })))
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    match plan {
        Plan::Verify(folder) => verified(&folder),
        Plan::Write(writing) => written(&writing),
    }
}

fn verified(folder: &Path) -> Result<Report, Fault> {
    let mismatches = verify(folder)?;
    if mismatches.is_empty() {
        let count = read_sums(folder)?.len();
        return Ok(Report::text(format!(
            "{}: all {count} files are as they were written\n",
            folder.display()
        )));
    }
    let lines = mismatches.iter().map(|found| format!("{} {}\n", found.file, found.what));
    Ok(Report::text(lines.collect::<String>()).exit(Exit::Findings))
}

fn written(writing: &Writing) -> Result<Report, Fault> {
    let catalog = catalog(&writing.known.vocabulary, &sites(&writing.known)?);
    let mut parts = of_vocabulary(&writing.known, &catalog)?;
    // On a machine without sources there is nothing to check.
    let (mut notes, mut held) = (Vec::new(), None);
    if let Ok(workspace) = Workspace::read(None) {
        let all: Vec<_> = workspace.packages.iter().collect();
        parts.extend(of_workspace(&workspace, &check(&workspace, &all)?)?);
        parts.push(environment(&workspace));
        match recorded(writing, &workspace)? {
            None => notes.push(format!("no coverage is in it: {UNRECORDED}")),
            Some(run) => {
                parts.extend(run.parts);
                held = Some(run.held);
            }
        }
    }
    for path in &writing.stories {
        parts.extend(Part::named(path, "stories")?);
    }
    for path in &writing.more {
        parts.extend(Part::named(path, "more")?);
    }
    let stories = Story::all(&parts, held.as_ref().unwrap_or(&ByPlace::new()));
    let unheld: Vec<_> = stories.iter().filter_map(Story::unheld).collect();
    if held.is_some() && !unheld.is_empty() {
        notes.push(format!("no test of the recorded run was told {}", unheld.join(", ")));
    }
    parts.push(Part::json("stories.json", &stories));
    parts.push(head(&writing.known, &parts));
    parts.sort_by(|a, b| a.path.cmp(&b.path));
    // A story that was found and named too is one file.
    parts.dedup_by(|a, b| a.path == b.path && a.bytes == b.bytes);
    refuse_doubles(&parts)?;
    refuse_secrets(&parts)?;
    replace(&writing.output, &parts)?;
    let (output, count) = (writing.output.display(), parts.len());
    let report = Report::text(format!("{output} written: {count} files, {SUMS}\n"));
    Ok(notes.into_iter().fold(report, Report::note))
}

/// What a test run recorded. A folder that was named has to have something in it.
fn recorded(writing: &Writing, workspace: &Workspace) -> Result<Option<Run>, Fault> {
    let usual = || Recordings::folder(&workspace.target);
    let data = writing.data.clone().unwrap_or_else(usual);
    let source = writing.known.vocabulary.loaded().source.clone();
    let run = of_run(workspace, &data, source.as_deref())?;
    match &writing.data {
        Some(named) if run.is_none() => {
            Err(Fault::unreadable(named, &"no test run has recorded there").help(UNRECORDED))
        }
        _ => Ok(run),
    }
}

fn head(known: &Known, parts: &[Part]) -> Part {
    let data = json!({
        "version": 1,
        "name": known.vocabulary.taxonomy().name,
        "made_by": concat!("cargo-narration ", env!("CARGO_PKG_VERSION")),
        "files": parts.len() + 1,
    });
    let text = json_text::pretty(&data) + "\n";
    Part { path: "bundle.json".to_owned(), bytes: text.into_bytes() }
}

fn refuse_doubles(parts: &[Part]) -> Result<(), Fault> {
    match parts.windows(2).find(|pair| matches!(pair, [a, b] if a.path == b.path)) {
        Some([double, ..]) => {
            Err(Fault::usage(format!("two files would be {} in the bundle", double.path))
                .help("rename one of them, or put the folder around it in"))
        }
        _ => Ok(()),
    }
}

/// What leaves the house is looked through once more.
fn refuse_secrets(parts: &[Part]) -> Result<(), Fault> {
    for part in parts {
        let text = String::from_utf8_lossy(&part.bytes);
        // By lines, so that the way out can name one.
        for (number, line) in text.lines().enumerate() {
            if let Some(found) = looks_secret(line) {
                let message = format!(
                    "{}:{} holds what looks like a secret ({}); nothing was written",
                    part.path,
                    number + 1,
                    found.rule
                );
                return Err(Fault::new(Exit::Findings, message)
                    .help("have it replaced where it came from, and take it out of the file"));
            }
        }
    }
    Ok(())
}

/// Writes the folder anew, when there is none or it is a bundle.
fn replace(folder: &Path, parts: &[Part]) -> Result<(), Fault> {
    let unwritable = |error: std::io::Error| Fault::unwritable(folder, &error);
    if folder.exists() {
        let is_empty = fs::read_dir(folder).map_err(unwritable)?.next().is_none();
        if !is_empty && !verify(folder).is_ok_and(|mismatches| mismatches.is_empty()) {
            let message = format!("{} is there and no bundle as it was written", folder.display());
            return Err(
                Fault::new(Exit::Unwritable, message).help("name another folder, or remove it")
            );
        }
        fs::remove_dir_all(folder).map_err(unwritable)?;
    }
    for part in parts {
        let path = folder.join(&part.path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(unwritable)?;
        fs::write(&path, &part.bytes).map_err(|error| Fault::unwritable(&path, &error))?;
    }
    let path = folder.join(SUMS);
    fs::write(&path, sums(parts)).map_err(|error| Fault::unwritable(&path, &error))
}
