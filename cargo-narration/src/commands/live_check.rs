//! `live-check`: lines of logs against vocabularies.
//!
//! In: logs and vocabularies. Out: unknown names, missing fields, wrong types
//! and secrets, each kind once.

mod places;

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_taxonomy::Severity;
use serde::Serialize;

use super::logs::{self, arg, named};
use crate::args::options;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::live::{Court, Tally};
use crate::logs::{Matcher, Shape, Source, read_line, scan};
use crate::report::Report;
use crate::vocabularies::{self, Known};

const LONG: &str = "\
Hold lines of logs against the vocabulary of who wrote them.

Tells actors, actions and fields that are not declared, required fields that \
are missing, values of another type, words that are none of an enum's, failures \
below warn, lines that are no records, and above all what looks like a secret. \
A secret is never repeated. Each kind is told once, with its number and its \
first place.

Logs of several services are read with their vocabularies: give --vocabulary \
once for each. Events of dependencies have the action `log` and are only looked \
through for secrets. What may have a good reason is a warning: a missing field \
may have been `None`, an undeclared one may come from another crate's span.

Ends with 1 when there are errors, with 4 when no line is a record.";

const EXAMPLES: &str = "\
Examples:
  cargo narration live-check logs/
  my-service | cargo narration live-check -
  cargo narration live-check --vocabulary a.toml --vocabulary b.toml logs/*.log.gz --deny warnings
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Hold lines of logs against the vocabulary: names, fields, types, secrets")
        .long_about(LONG)
        .arg(arg())
        .arg(vocabularies::arg().action(ArgAction::Append))
        .arg(options::format(&["text", "json"]))
        .arg(
            Arg::new("deny")
                .long("deny")
                .value_name("WHAT")
                .value_parser(["warnings"])
                .help("Count warnings as errors"),
        )
        .after_help(EXAMPLES)
}

/// What to hold against what.
pub(crate) struct Plan {
    logs: Vec<PathBuf>,
    known: Vec<Known>,
    json: bool,
    deny: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let known = vocabularies::all(matches)?;
        Ok(Self {
            logs: named(matches)?,
            known: known.into_iter().map(Known::sound).collect::<Result<_, _>>()?,
            json: options::format_of(matches) == "json",
            deny: matches.contains_id("deny"),
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let court = Court::new(plan.known.iter().map(|known| &known.vocabulary))?;
    let sources = logs::find(&plan.logs);
    logs::some(&sources)?;
    let scanned = scan(&sources, &Matcher::every(), |place, line, tally: &mut Tally| {
        let service = sources.found.get(place.source as usize).map_or("log", Source::service);
        let mut entries = Vec::new();
        read_line(place, service, line, &mut entries);
        for entry in &entries {
            tally.events += 1;
            tally.records += u64::from(entry.shape == Shape::Narration);
            court.judge(entry, &mut |kind| tally.add(kind, entry.place));
        }
    });
    let mut tally = Tally::default();
    scanned.parts.into_iter().for_each(|part| tally.merge(part));
    if plan.deny {
        tally.kinds.values_mut().for_each(|counted| counted.kind.severity = Severity::Error);
    }
    let troubles: Vec<_> = sources.troubles.iter().chain(&scanned.troubles).cloned().collect();
    let findings = findings(&tally, &sources.found);
    let errors = findings.iter().any(|finding| finding.severity == "error");
    let exit = match (errors, tally.records) {
        (true, _) => Exit::Findings,
        (false, 0) => Exit::NotFound,
        _ => Exit::Fine,
    };
    let data = Data {
        version: 1,
        lines: tally.events,
        records: tally.records,
        too_long: scanned.too_long,
        not_told: tally.dropped,
        findings,
    };
    let report = if plan.json { Report::json(&data) } else { Report::text(told(&data)) };
    Ok(logs::with_troubles(report.exit(exit), &sources, &troubles))
}

#[derive(Serialize)]
struct Data {
    version: u32,
    lines: u64,
    records: u64,
    /// Lines that were too long to look into.
    too_long: u64,
    /// Findings of kinds beyond the most that are told.
    not_told: u64,
    findings: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    severity: &'static str,
    message: String,
    count: u64,
    file: String,
    /// Counted from 1; absent in what is packed.
    line: Option<u64>,
    /// In bytes of the (unpacked) log.
    offset: u64,
    help: String,
}

/// Worst and most first.
fn findings(tally: &Tally, sources: &[Source]) -> Vec<Entry> {
    let mut counted: Vec<_> = tally.kinds.values().collect();
    counted.sort_by_key(|counted| {
        (std::cmp::Reverse(counted.kind.severity), std::cmp::Reverse(counted.count), counted.first)
    });
    let lines = places::lines(sources, counted.iter().map(|counted| counted.first));
    let entry = |(counted, line): (&&crate::live::Counted, Option<u64>)| Entry {
        code: counted.kind.rule.code,
        severity: match counted.kind.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: counted.kind.message.clone(),
        count: counted.count,
        file: places::file(sources, counted.first),
        line,
        offset: counted.first.offset,
        help: counted.kind.help.clone(),
    };
    counted.iter().zip(lines).map(entry).collect()
}

fn told(data: &Data) -> String {
    let mut told = String::new();
    for finding in &data.findings {
        let style = places::style(finding.severity);
        let place = match finding.line {
            Some(line) => format!("{}:{line}", finding.file),
            None => format!("{}, byte {}", finding.file, finding.offset),
        };
        let more = match finding.count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        told.push_str(&format!(
            "{style}{}[{}]{style:#}: {}\n  --> {place}{more}\n   = help: {}\n\n",
            finding.severity, finding.code, finding.message, finding.help
        ));
    }
    let records = format!("{} of {} lines are records", data.records, data.lines);
    let kinds = match data.findings.len() {
        0 => "nothing found".to_owned(),
        1 => "1 kind of finding".to_owned(),
        count => format!("{count} kinds of findings"),
    };
    told.push_str(&format!("{records}: {kinds}\n"));
    if data.too_long > 0 {
        told.push_str(&format!("{} lines were too long to look into\n", data.too_long));
    }
    if data.not_told > 0 {
        told.push_str(&format!("{} findings of further kinds are not told\n", data.not_told));
    }
    told
}
