//! `coverage`: how much of a vocabulary a test run exercised.
//!
//! In: packages, and a command that runs their tests, or the recordings of an
//! earlier run. Out: figures, what is missing, and whether it is enough.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::args::options;
use crate::coverage::ratchet::Ratchet;
use crate::coverage::{Coverage, Kind, Recordings, badge, markdown, measured, text};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::report::Report;
use crate::sources::{Selection, Workspace};

const ABOUT: &str = "Measure how much of the vocabulary the tests exercise";

const LONG: &str = "\
Measure how much of the vocabulary the tests exercise.

Runs a command with NARRATION_COVERAGE set, so that every process of it records \
which narrations it reached, with which fields and how they ended; then holds the \
recordings against the vocabulary and the call sites of the sources. Without a \
command, the recordings of the last run are read.

A declared action is covered when one of its call sites was heard; a call site is \
known by its package, file, fn, actor and action, so that moving lines changes \
nothing. What is recorded of sources that have changed since counts for nothing.

Ends with 1 when the command fails, when a figure is below --fail-under, or when \
something is uncovered that is not on the --ratchet list.";

const EXAMPLES: &str = "\
Examples:
  cargo narration coverage -- cargo test
  cargo narration coverage -p pool-managerd --fail-under 80 -- cargo nextest run -p pool-managerd
  cargo narration coverage --ratchet narration-coverage.txt --update
  cargo narration coverage --format markdown --badge target/narrated.svg
";

pub(crate) fn args(name: &'static str) -> Command {
    let kinds = Kind::ALL.map(Kind::name);
    Command::new(name)
        .about(ABOUT)
        .long_about(LONG)
        .args(options::selection())
        .arg(options::format(&["text", "json", "markdown"]))
        .arg(options::path(
            "data",
            "FOLDER",
            "Where the recordings are; by default in the target folder",
        ))
        .arg(
            Arg::new("fail-under")
                .long("fail-under")
                .value_name("PERCENT")
                .value_parser(value_parser!(u8).range(0..=100))
                .help("End with 1 when fewer of a hundred are covered"),
        )
        .arg(
            Arg::new("of")
                .long("of")
                .value_name("FIGURE")
                .value_parser(kinds)
                .default_value(Kind::Actions.name())
                .help("The figure that --fail-under and --badge are about"),
        )
        .arg(options::path("ratchet", "FILE", "What may be uncovered, one id a line"))
        .arg(
            Arg::new("update")
                .long("update")
                .action(ArgAction::SetTrue)
                .requires("ratchet")
                .help("Take out of the list what is covered now; start it where there is none"),
        )
        .arg(options::path("badge", "FILE", "Write a badge, an SVG"))
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .num_args(0..)
                .last(true)
                .help("What runs the tests"),
        )
        .after_help(EXAMPLES)
}

/// What to measure, and what is enough.
pub(crate) struct Plan {
    selection: Selection,
    workspace: Workspace,
    data: PathBuf,
    command: Vec<String>,
    kind: Kind,
    least: Option<usize>,
    ratchet: Option<PathBuf>,
    update: bool,
    badge: Option<PathBuf>,
    format: Format,
}

enum Format {
    Text,
    Json,
    Markdown,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let selection = options::selection_of(matches);
        let workspace = Workspace::read(selection.manifest.as_deref())?;
        let path = |name| matches.get_one::<PathBuf>(name).cloned();
        let data = path("data").unwrap_or_else(|| Recordings::folder(&workspace.target));
        let data = std::path::absolute(&data).map_err(|error| Fault::unreadable(&data, &error))?;
        let records = matches.contains_id("command");
        if !records && path("data").is_some() && !data.is_dir() {
            return Err(Fault::unreadable(&data, &"there is no such folder")
                .help("name the folder that a run was recorded in, or the tests behind `--`"));
        }
        let kind = matches.get_one::<String>("of").map_or("", String::as_str);
        let format = match options::format_of(matches) {
            "json" => Format::Json,
            "markdown" => Format::Markdown,
            _ => Format::Text,
        };
        Ok(Self {
            data,
            command: matches.get_many("command").into_iter().flatten().cloned().collect(),
            kind: Kind::ALL.into_iter().find(|known| known.name() == kind).unwrap_or(Kind::Actions),
            least: matches.get_one::<u8>("fail-under").map(|least| usize::from(*least)),
            ratchet: path("ratchet"),
            update: matches.get_flag("update"),
            badge: path("badge"),
            format,
            selection,
            workspace,
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let passed = plan.command.is_empty() || record(&plan)?;
    let packages = plan.workspace.selected(&plan.selection)?;
    let coverage = measured(&plan.workspace, &packages, &plan.data, None)?;
    let mut faults = Vec::new();
    if !passed {
        faults.push("the command failed".to_owned());
    }
    let figure = coverage.figure(plan.kind);
    if let Some(least) = plan.least.filter(|least| !figure.reaches(*least)) {
        let (covered, total, meaning) = (figure.covered, figure.total, plan.kind.meaning());
        faults.push(format!("{covered} of {total} {meaning}; {least} % are asked for"));
    }
    if let Some(path) = &plan.badge {
        write(path, &badge::badge(figure))?;
    }
    let mut report = match plan.format {
        Format::Text => Report::text(text(&coverage)),
        Format::Json => Report::json(&coverage),
        Format::Markdown => Report::text(markdown(&coverage)),
    };
    if let Some(path) = &plan.ratchet {
        let (notes, new) = ratchet(path, plan.update, &coverage)?;
        faults.extend(new);
        report = notes.into_iter().fold(report, Report::note);
    }
    let exit = if faults.is_empty() { Exit::Fine } else { Exit::Findings };
    let report = faults.into_iter().fold(report, Report::note);
    Ok(report.exit(exit))
}

/// Runs the tests and lets their processes record; answers whether they passed.
fn record(plan: &Plan) -> Result<bool, Fault> {
    let Some((program, arguments)) = plan.command.split_first() else { return Ok(true) };
    Recordings::clear(&plan.data).map_err(|error| Fault::unwritable(&plan.data, &error))?;
    let mut process = Process::new(program);
    process.args(arguments).env("NARRATION_COVERAGE", &plan.data);
    let status = process.status().map_err(|error| {
        Fault::usage(format!("`{program}` cannot be started: {error}"))
            .help("behind `--` stands the command that runs the tests, such as `cargo test`")
    })?;
    Ok(status.success())
}

/// Holds a measurement against a list; answers what to tell, and what is wrong.
fn ratchet(
    path: &Path,
    update: bool,
    coverage: &Coverage,
) -> Result<(Vec<String>, Option<String>), Fault> {
    let list = match std::fs::read_to_string(path) {
        Ok(text) => Ratchet::parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && update => {
            let all = Ratchet::of(coverage);
            write(path, &all.to_text())?;
            return Ok((vec![format!("{}: {} to begin with", path.display(), all.len())], None));
        }
        Err(error) => {
            return Err(Fault::unreadable(path, &error).help("start the list with --update"));
        }
    };
    let held = list.hold(coverage);
    let mut notes: Vec<String> =
        held.new.iter().map(|new| format!("{}: {} ({})", new.place, new.id, new.why)).collect();
    if update && !held.done.is_empty() {
        write(path, &held.shorter.to_text())?;
        notes.push(format!("{}: {} fewer", path.display(), held.done.len()));
    } else if !held.done.is_empty() {
        let (path, done) = (path.display(), held.done.len());
        notes.push(format!("{path}: {done} are covered now; take them out with --update"));
    }
    let count = held.new.len();
    let fault = format!("{count} uncovered and not on the list {}", path.display());
    Ok((notes, (count > 0).then_some(fault)))
}

fn write(path: &Path, text: &str) -> Result<(), Fault> {
    std::fs::write(path, text).map_err(|error| Fault::unwritable(path, &error))
}
