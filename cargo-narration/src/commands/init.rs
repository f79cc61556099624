//! `init`: a first vocabulary from what the sources say today.
//!
//! In: packages. Out: a `narration.toml`, never in the place of one that is there.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_taxonomy::locate::FILE_NAME;

use crate::args::options;
use crate::check::leftovers;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::init::{Draft, draft, said, vocabulary};
use crate::report::{Report, counted};
use crate::sources::{Package, Selection, Workspace, files};
use crate::vocabularies;

const LONG: &str = "\
Write a first narration.toml from what the sources say today: every `println!`, \
`eprintln!`, `log` and `tracing` call of what is delivered becomes an action of \
the actor that has the package's name, with its level, its text, and a field for \
all that it shows. Names that sound like secrets, personal data, paths or ids \
get that class.

One package gets a file beside its manifest; several get one at the workspace's \
root. A file that is there is never touched; with --dry-run, what a package would \
add to it is printed all the same.";

const EXAMPLES: &str = "\
Examples:
  cargo narration init
  cargo narration init --workspace --dry-run
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Write a first vocabulary from what the sources print and log today")
        .long_about(LONG)
        .args(options::selection())
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Print the vocabulary and write nothing"),
        )
        .after_help(EXAMPLES)
}

/// For which packages.
pub(crate) struct Plan {
    selection: Selection,
    dry_run: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self { selection: options::selection_of(matches), dry_run: matches.get_flag("dry-run") })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let workspace = Workspace::read(plan.selection.manifest.as_deref())?;
    let meant = workspace.selected(&plan.selection)?;
    let there = meant.iter().find_map(|package| governing(package));
    if let Some(there) = there.filter(|_| !plan.dry_run) {
        return Err(is_there(&there));
    }
    let path = match meant.as_slice() {
        [only] => only.folder().join(FILE_NAME),
        _ => workspace.root.join(FILE_NAME),
    };
    let drafts = meant
        .iter()
        .map(|package| of_package(package, &workspace))
        .collect::<Result<Vec<_>, _>>()?;
    let named = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let name = match meant.as_slice() {
        [only] => only.name.clone(),
        _ => named.unwrap_or_default().into_owned(),
    };
    let text = vocabulary(&name, &drafts);
    if plan.dry_run {
        return Ok(Report::text(text));
    }
    write(&path, &text)?;
    let places: usize = drafts.iter().map(Draft::places).sum();
    let actions: usize = drafts.iter().map(Draft::len).sum();
    Ok(Report::text(told(&path, &meant, actions, places)))
}

/// The vocabulary a package has already.
fn governing(package: &Package) -> Option<PathBuf> {
    vocabularies::of_folder(package.folder()).vocabulary.loaded().source.clone()
}

fn is_there(path: &Path) -> Fault {
    let message = format!("{} is there already and stays as it is", path.display());
    Fault::new(Exit::Unwritable, message).help(
        "`cargo narration init --dry-run` prints what it would write, to be taken over by hand",
    )
}

/// What a package says.
fn of_package(package: &Package, workspace: &Workspace) -> Result<Draft, Fault> {
    let files = files(package, &workspace.root)?;
    let own = leftovers::own_macros(&files);
    let mut all = Vec::new();
    for file in files.iter().filter(|file| !file.aside && !file.generated) {
        for found in file.found.iter().flatten().filter(|found| !found.testing) {
            let narration_syntax::scan::Found::Macro { path, .. } = &found.call else { continue };
            if leftovers::rule(path, package, &own).is_none() {
                continue;
            }
            if let Some(said) = said(&found.call) {
                all.push((format!("{}:{}", file.text.shown, found.line), said));
            }
        }
    }
    Ok(draft(&package.name, all))
}

/// Never in the place of a file, not even one that was written just now.
fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let written = created.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(path),
        _ => Fault::unwritable(path, &error),
    })
}

fn told(path: &Path, meant: &[&Package], actions: usize, places: usize) -> String {
    let mut told = format!(
        "{} written: {} from {} in {}\n\nNext:\n",
        path.display(),
        counted(actions, "action"),
        counted(places, "place"),
        counted(meant.len(), "package")
    );
    told.push_str(
        "  1. read it: rename actions, join those that mean the same, check every class\n",
    );
    let lacking: Vec<_> =
        meant.iter().filter(|package| !package.depends_on("narration-runtime")).collect();
    if let Some(package) = lacking.first() {
        told.push_str(&format!("  2. cargo add narration-runtime -p {}\n", package.name));
    } else {
        told.push_str("  2. put `let _narration = narration_runtime::init!();` first in `main`\n");
    }
    told.push_str(
        "  3. cargo narration check   # what is still printed, and what nothing narrates yet\n",
    );
    told
}
