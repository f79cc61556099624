//! `check`: vocabularies, calls and leftovers of a workspace.
//!
//! In: packages. Out: findings with their places, in the compiler's own words.

mod fix;

use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_taxonomy::Severity;
use serde::Serialize;

use crate::args::options;
use crate::check::{Exposed, Outcome, check};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::findings::{Verdict, json, sarif, summary, text};
use crate::report::{Report, counted};
use crate::sources::{Selection, Workspace};

const ABOUT: &str = "Check vocabularies, narrations and what still prints past them";

const LONG: &str = "\
Check vocabularies, narrations and what still prints past them.

Reads the vocabulary of each package and every file that cargo builds from it, \
and tells: what the compiler would refuse, by the same rules and in the same \
words; actions that are declared and never narrated; `println!`, `dbg!`, \
`tracing::info!`, `log::warn!` and their kin in what the package delivers. \
Tests, examples, benches, build scripts and generated files may print.

What is meant to print says so in Cargo.toml:

  [[package.metadata.narration.allow]]
  path   = \"src/cli/**\"
  macros = [\"println\"]
  reason = \"results go to the standard output\"

Ends with 1 when there are errors; warnings become errors with --deny.";

const EXAMPLES: &str = "\
Examples:
  cargo narration check
  cargo narration check --workspace --deny warnings
  cargo narration check -p pool-managerd --fix
  cargo narration check --format sarif > narration.sarif
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about(ABOUT)
        .long_about(LONG)
        .args(options::selection())
        .arg(options::format(&["text", "json", "sarif"]))
        .arg(codes("deny", "Count warnings of a rule as errors; `warnings` stands for every rule"))
        .arg(codes("allow", "Leave the warnings of a rule out"))
        .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(
            "Change what is mechanical: deprecated names, names with one slip of the pen, `dbg!`",
        ))
        .after_help(EXAMPLES)
}

fn codes(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("CODE")
        .action(ArgAction::Append)
        .value_delimiter(',')
        .help(help)
}

/// What to check, and how to tell.
pub(crate) struct Plan {
    selection: Selection,
    verdict: Verdict,
    format: Format,
    fix: bool,
}

enum Format {
    Text,
    Json,
    Sarif,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let codes = |name| matches.get_many(name).into_iter().flatten().cloned().collect();
        let format = match options::format_of(matches) {
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            _ => Format::Text,
        };
        Ok(Self {
            selection: options::selection_of(matches),
            verdict: Verdict::new(codes("deny"), codes("allow"))?,
            format,
            fix: matches.get_flag("fix"),
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let mut outcome = checked(&plan)?;
    let mut fixed = 0;
    if plan.fix {
        fixed = fix::apply(&outcome.findings)?;
        if fixed > 0 {
            outcome = checked(&plan)?;
        }
    }
    let errors = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
    let exit = if errors { Exit::Findings } else { Exit::Fine };
    let report = match plan.format {
        Format::Text => Report::text(told(&outcome, fixed)),
        Format::Json => Report::json(&Data {
            findings: json(&outcome.findings),
            exposed: &outcome.exposed,
            scope: outcome.scope,
            fixed,
        }),
        Format::Sarif => Report::json(&sarif(&outcome.findings)),
    };
    Ok(report.exit(exit))
}

fn checked(plan: &Plan) -> Result<Outcome, Fault> {
    let workspace = Workspace::read(plan.selection.manifest.as_deref())?;
    let meant = workspace.selected(&plan.selection)?;
    let outcome = check(&workspace, &meant)?;
    Ok(Outcome { findings: plan.verdict.over(outcome.findings), ..outcome })
}

#[derive(Serialize)]
struct Data<'o> {
    #[serde(flatten)]
    findings: crate::findings::Findings<'o>,
    exposed: &'o [Exposed],
    scope: crate::check::Scope,
    fixed: usize,
}

fn told(outcome: &Outcome, fixed: usize) -> String {
    let mut told = text(&outcome.findings);
    if !outcome.exposed.is_empty() {
        told.push_str("shown in texts on purpose:\n");
        for exposed in &outcome.exposed {
            told.push_str(&format!("  {}: {} ({})\n", exposed.what, exposed.reason, exposed.place));
        }
        told.push('\n');
    }
    let scope = outcome.scope;
    told.push_str(&format!(
        "checked {} in {} of {}: {}\n",
        counted(scope.calls, "narration"),
        counted(scope.files, "file"),
        counted(scope.packages, "package"),
        summary(&outcome.findings)
    ));
    if scope.silent_packages > 0 {
        let packages = counted(scope.silent_packages, "package");
        told.push_str(&format!("{packages} without narrations and without a vocabulary\n"));
    }
    if scope.packages == 0 {
        told.push_str("`cargo narration init` writes a first vocabulary\n");
    }
    if scope.excepted > 0 {
        told.push_str(&format!("{} left alone by exceptions\n", counted(scope.excepted, "place")));
    }
    if fixed > 0 {
        told.push_str(&format!("{} changed\n", counted(fixed, "place")));
    }
    told
}
