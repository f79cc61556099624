//! `stories`: which requests there were, the slowest first.
//!
//! In: logs. Out: an id a line, with how it ended and how long it took.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use super::logs;
use super::origin::{self, Opened, Origin};
use super::story::surroundings;
use crate::args::options;
use crate::clickhouse::Kind;
use crate::fault::Fault;
use crate::logs::{Nanos, Period, Sources, stamp};
use crate::render::{columns, cut, pad, span, visible};
use crate::report::Report;
use crate::story::{self, Brief, Ending, Gather as _, Habits, Key, Story, Surroundings, Survey};
use crate::terminal;
use crate::vocabularies::{self, Known};

const EXAMPLES: &str = "\
Examples:
  cargo narration stories logs/                    the slowest requests
  cargo narration stories logs/ --since 10m --recent
  cargo narration stories logs/ --ending failed --ending open
  cargo narration stories --from clickhouse://reader@db:8123/otel --since 1h
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("List the requests of some logs, the slowest first")
        .arg(logs::arg())
        .arg(origin::arg())
        .arg(
            Arg::new("limit")
                .long("limit")
                .short('n')
                .value_name("COUNT")
                .value_parser(value_parser!(usize))
                .default_value("20")
                .help("How many to list"),
        )
        .arg(Arg::new("recent").long("recent").action(ArgAction::SetTrue).help("The latest first"))
        .arg(
            Arg::new("ending")
                .long("ending")
                .value_name("ENDING")
                .value_parser(Ending::ALL.map(Ending::as_str))
                .action(ArgAction::Append)
                .help("List those that ended so"),
        )
        .arg(logs::since_arg())
        .arg(logs::until_arg())
        .arg(vocabularies::arg())
        .arg(options::format(&["text", "json"]))
        .after_help(EXAMPLES)
}

/// Which requests to list.
pub(crate) struct Plan {
    logs: Origin,
    period: Period,
    limit: usize,
    recent: bool,
    endings: Vec<String>,
    vocabulary: Option<Known>,
    json: bool,
}

/// What is said where there is nothing to list.
const NONE: &str = "no event has a correlation id, by this or another usual name, or a trace; \
    `cargo narration story ID LOG…` takes any other id, that of a job for instance";

/// The events of so many are held at once.
const HELD: u64 = 200_000;

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self {
            logs: Origin::of(matches)?,
            period: logs::period(matches)?,
            limit: matches.get_one("limit").copied().unwrap_or(20),
            recent: matches.get_flag("recent"),
            endings: matches.get_many("ending").into_iter().flatten().cloned().collect(),
            vocabulary: vocabularies::optional(matches)?,
            json: options::format_of(matches) == "json",
        })
    }

    /// All requests; where no event has a correlation id, all traces.
    fn survey(&self, opened: &Opened) -> Result<(Survey<Brief>, Key), Fault> {
        let survey: Survey<Brief> = opened.survey(self.period, Kind::Order)?;
        if !survey.by_id.is_empty() || self.logs.is_database() {
            return Ok((survey, Key::Correlation));
        }
        Ok((story::survey(&opened.files(), self.period, Key::Trace), Key::Trace))
    }

    fn wants(&self, ending: Ending) -> bool {
        self.endings.is_empty() || self.endings.iter().any(|one| one == ending.as_str())
    }

    /// Whether a request has to be told to know whether it is wanted. Of a database, and outside
    /// of a period, not all outcomes are known.
    fn may_want(&self, brief: &Brief, habits: &Habits) -> bool {
        let all = self.period == Period::default() && !self.logs.is_database();
        let mut wanted = Ending::ALL.into_iter().filter(|one| self.wants(*one));
        !all || wanted.any(|one| brief.may_end(one, habits))
    }
}

/// A request as it is listed.
struct Line {
    id: String,
    ending: Ending,
    begin: Nanos,
    length: Nanos,
    services: usize,
    steps: usize,
    errors: usize,
    first: String,
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let opened = plan.logs.open()?;
    let vocabulary = plan.vocabulary.as_ref().map(|known| known.vocabulary.taxonomy());
    let (survey, key) = plan.survey(&opened)?;
    let mut unread = Vec::new();
    let around = surroundings::find(&opened.recent()?, &[], vocabulary);
    let ids = survey.by_id.iter().map(|(id, of)| (&**id, of));
    let mut ids: Vec<(&str, &Brief)> =
        ids.filter(|(_, of)| plan.may_want(of, &around.habits)).collect();
    let length = |brief: &Brief| waited(brief, &around);
    let begin = |brief: &Brief| brief.first.as_ref().map(|(first, _)| *first);
    ids.sort_by(|(one_id, one), (other_id, other)| {
        let slowest = length(other).cmp(&length(one));
        let latest = begin(other).cmp(&begin(one));
        let order = if plan.recent { latest } else { slowest };
        order.then_with(|| one_id.cmp(other_id))
    });
    let (mut lines, mut sources) = (Vec::new(), opened.files());
    // Who asks for an ending gets it from among all of them, some of them at a time.
    let mut rest = ids.as_slice();
    while !rest.is_empty() && lines.len() < plan.limit && !sources.interrupted() {
        let most = if plan.endings.is_empty() { plan.limit - lines.len() } else { rest.len() };
        let (some, behind) = rest.split_at(together(rest.iter().map(|(_, of)| of.count()), most));
        let some: BTreeSet<String> = some.iter().map(|(id, _)| (*id).to_owned()).collect();
        sources = opened.of_ids(&some)?;
        if plan.logs.is_database() {
            unread.extend(sources.troubles.iter().cloned());
        }
        let told = self::lines(&sources, &some, key, &around);
        lines.extend(told.into_iter().filter(|line| plan.wants(line.ending)));
        rest = behind;
    }
    lines.sort_by_key(|line| std::cmp::Reverse(if plan.recent { line.begin } else { line.length }));
    lines.truncate(plan.limit);
    let report = if plan.json {
        Report::json(&lines.iter().map(|line| as_json(line, key)).collect::<Vec<_>>())
    } else {
        Report::text(as_text(&lines, key, survey.by_id.len()))
    };
    let report = logs::with_repeated(report, survey.repeated);
    let report = if survey.by_id.is_empty() { report.note(NONE) } else { report };
    unread.extend_from_slice(&survey.troubles);
    Ok(logs::with_troubles(report, &sources, &unread))
}

/// How many requests are looked at together, of those with so many events, `most` at most.
fn together(events: impl Iterator<Item = u64>, most: usize) -> usize {
    let mut held = 0;
    let fits = |events: &u64| {
        held += events;
        held <= HELD
    };
    events.take(most).take_while(fits).count().max(1)
}

/// How long a request took, or is waited for since it began something it did not end.
fn waited(brief: &Brief, around: &Surroundings) -> Nanos {
    let open = |(_, deed, outcome): &(Nanos, story::Deed, Option<String>)| {
        outcome.is_none() && around.habits.tells_its_end(&deed.0, &deed.1)
    };
    match (&brief.first, around.until) {
        (Some((first, _)), Some(until)) if brief.last.as_ref().is_some_and(open) => {
            until.saturating_sub(*first)
        }
        _ => brief.length(),
    }
}

fn lines(sources: &Sources, ids: &BTreeSet<String>, key: Key, around: &Surroundings) -> Vec<Line> {
    let stories = story::gather(sources, ids, key);
    let lines = stories.into_iter().map(|(id, entries)| {
        let story = Story::tell(entries, around);
        let services: BTreeSet<&str> =
            story.steps.iter().map(|step| step.entry.actor.as_str()).collect();
        let first = story.steps.first();
        Line {
            id,
            ending: story.totals.ending,
            begin: story.totals.begin,
            length: story.totals.elapsed(),
            services: services.len(),
            steps: story.steps.len(),
            errors: story.totals.failures.len(),
            first: first
                .map(|step| format!("[{}] {}", step.entry.actor, step.entry.human()))
                .unwrap_or_default(),
        }
    });
    lines.collect()
}

fn as_json(line: &Line, key: Key) -> serde_json::Value {
    json!({
        key.field(): line.id,
        "ending": line.ending.as_str(),
        "begin": stamp(line.begin),
        "elapsed_ns": line.length,
        "services": line.services,
        "steps": line.steps,
        "errors": line.errors,
        "first": line.first,
    })
}

fn as_text(lines: &[Line], key: Key, all: usize) -> String {
    let width = lines.iter().map(|line| columns(&visible(&line.id))).max().unwrap_or(0).max(14);
    let mut text = format!(
        "{:<width$}  {:<9}  {:>10}  {:>8}  {:>5}  {:>6}  {:<19}  first\n",
        key.field().replace('_', " "),
        "ending",
        "time",
        "services",
        "steps",
        "errors",
        "begin (UTC)"
    );
    let room = if io::stdout().is_terminal() { terminal::width() } else { usize::MAX };
    for line in lines {
        let begin = stamp(line.begin).replace('T', " ");
        let line = format!(
            "{}  {:<9}  {:>10}  {:>8}  {:>5}  {:>6}  {:<19}  {}",
            pad(&visible(&line.id), width),
            line.ending.as_str(),
            span(line.length),
            line.services,
            line.steps,
            line.errors,
            begin.get(..19).unwrap_or_default(),
            visible(&line.first),
        );
        // On a terminal a request stays one line.
        text += &cut(&line, room);
        text.push('\n');
    }
    text + &format!("{} of {all} requests\n", lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_looked_at_together_while_their_events_fit() {
        assert_eq!(together([HELD / 2, HELD / 2, 1].into_iter(), 9), 2);
        assert_eq!(together([1, 1, 1].into_iter(), 2), 2);
        assert_eq!(together([HELD * 2, 1].into_iter(), 9), 1);
    }
}
