//! `links`: correlation ids that are missing, lost on the way, from nowhere or used twice.
//!
//! In: logs. Out: every place where a link is wrong; the exit code says whether there is one.

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::SignedDuration;
use serde_json::json;

use super::logs;
use super::origin::{self, Origin};
use crate::args::options;
use crate::clickhouse::Kind;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::logs::{Nanos, Period, Sources};
use crate::render::visible;
use crate::report::Report;
use crate::story::{self, Brief, Finding, Survey};

const EXAMPLES: &str = "\
What is looked for:
  missing       events without an id, though the action has one elsewhere, or
                the service never has one
  broken        requests that do not reach a service requests of their kind
                reach; traces that go on without the id
  from-nowhere  requests that begin at a service where others only come by
  reused        one id for several sessions, or after a long silence

Examples:
  cargo narration links logs/
  cargo narration links logs/ --allow pool-managerd/heartbeat   it has none by design
  cargo narration links logs/ --format json                     for a build server
  cargo narration links --from clickhouse://reader@db:8123/otel --since 1h
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Find correlation ids that are missing, break off, come from nowhere or are reused")
        .arg(logs::arg())
        .arg(origin::arg())
        .arg(
            Arg::new("allow")
                .long("allow")
                .value_name("ACTOR[/ACTION]")
                .action(ArgAction::Append)
                .help("Nothing is wrong with events of this actor, or of this action of it"),
        )
        .arg(
            Arg::new("reuse-after")
                .long("reuse-after")
                .value_name("SPAN")
                .default_value("1h")
                .help("An id that goes on after so long a silence is used twice"),
        )
        .arg(logs::since_arg())
        .arg(logs::until_arg())
        .arg(options::format(&["text", "json"]))
        .after_help(EXAMPLES)
}

/// Which logs to judge, and by which rules.
pub(crate) struct Plan {
    logs: Origin,
    period: Period,
    allowed: Vec<String>,
    reuse_after: Nanos,
    json: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let span = matches.get_one::<String>("reuse-after").map_or("1h", String::as_str);
        let Ok(reuse_after) = span.parse::<SignedDuration>() else {
            return Err(Fault::usage(format!("`--reuse-after {span}` is no span of time"))
                .help("write 30m, 1h or 2d"));
        };
        Ok(Self {
            logs: Origin::of(matches)?,
            period: logs::period(matches)?,
            allowed: matches.get_many("allow").into_iter().flatten().cloned().collect(),
            reuse_after: Nanos::try_from(reuse_after.as_nanos()).unwrap_or(Nanos::MAX),
            json: options::format_of(matches) == "json",
        })
    }

    fn allows(&self, finding: &Finding) -> bool {
        let deed = finding.action.as_ref().map(|action| format!("{}/{action}", finding.actor));
        self.allowed.iter().any(|one| *one == finding.actor || Some(one) == deed.as_ref())
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let opened = plan.logs.open()?;
    let survey: Survey<Brief> = opened.survey(plan.period, Kind::Links)?;
    let sources = opened.files();
    let mut findings = story::links(&survey, plan.reuse_after);
    findings.retain(|finding| !plan.allows(finding));
    let report = if plan.json {
        Report::json(&json!({
            "requests": survey.by_id.len(),
            "repeated": survey.repeated,
            "findings": findings.iter().map(|one| as_json(one, &sources)).collect::<Vec<_>>(),
        }))
    } else {
        Report::text(as_text(&findings, &sources, survey.by_id.len()))
    };
    let report = logs::with_repeated(report, survey.repeated);
    let exit = if findings.is_empty() { Exit::Fine } else { Exit::Findings };
    Ok(logs::with_troubles(report.exit(exit), &sources, &survey.troubles))
}

fn place(finding: &Finding, sources: &Sources) -> Option<(String, u64)> {
    let place = finding.place?;
    let source = sources.found.get(place.source as usize)?;
    Some((source.path.display().to_string(), place.offset))
}

fn as_json(finding: &Finding, sources: &Sources) -> serde_json::Value {
    let place = place(finding, sources);
    json!({
        "kind": finding.kind.as_str(),
        "correlation_id": finding.id,
        "actor": finding.actor,
        "action": finding.action,
        "reason": finding.reason,
        "events": finding.count,
        "log": place.as_ref().map(|(log, _)| log),
        "offset": place.as_ref().map(|(_, offset)| offset),
    })
}

fn as_text(findings: &[Finding], sources: &Sources, requests: usize) -> String {
    let mut text = String::new();
    for finding in findings {
        let id = finding.id.as_deref().map(|id| format!("{}: ", visible(id))).unwrap_or_default();
        let action = finding.action.as_deref().map(|action| format!(" {}", visible(action)));
        let place = place(finding, sources);
        let place = place.map(|(log, at)| format!(", first at byte {at} of {log}"));
        let events = if finding.count == 1 { "event" } else { "events" };
        text += &format!(
            "{:<12}  {id}{}{}: {} ({} {events}{})\n",
            finding.kind.as_str(),
            visible(&finding.actor),
            action.unwrap_or_default(),
            visible(&finding.reason),
            finding.count,
            place.unwrap_or_default(),
        );
    }
    let found = findings.len();
    let plural = if found == 1 { "finding" } else { "findings" };
    text + &format!("{found} {plural} in {requests} requests\n")
}
