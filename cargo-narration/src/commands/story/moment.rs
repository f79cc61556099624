//! `story --around`: which moment of a story is meant, and what else was told then.
//!
//! In: a span, and an action or a time where one was typed. Out: the moment, and the lines of all
//! other requests around it. Who names no moment means the one that went wrong: the first
//! failure; else where the request is stuck; else its end.

use clap::ArgMatches;
use jiff::SignedDuration;

use crate::commands::origin::Opened;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::logs::{Nanos, Sources, Trouble, moment, stamp};
use crate::story::{Around, Story};

/// What was typed.
pub(crate) struct Wanted {
    within: Nanos,
    at: Option<String>,
}

/// Reads `--around` and `--at`.
pub(super) fn wanted(matches: &ArgMatches) -> Result<Option<Wanted>, Fault> {
    let Some(span) = matches.get_one::<String>("around") else { return Ok(None) };
    let within = span.parse::<SignedDuration>().ok().filter(|within| within.is_positive());
    let within = within.and_then(|within| Nanos::try_from(within.as_nanos()).ok());
    let Some(within) = within else {
        return Err(Fault::usage(format!("`--around {span}` is no span of time"))
            .help("write 200ms, 5s or 2m"));
    };
    Ok(Some(Wanted { within, at: matches.get_one::<String>("at").cloned() }))
}

impl Wanted {
    /// Reads what else was told at the moment.
    pub(super) fn find(
        &self,
        opened: &Opened,
        sources: &Sources,
        story: &Story,
    ) -> Result<(Around, Vec<Trouble>), Fault> {
        let moment = match &self.at {
            Some(at) => named(story, at)?,
            None => wrong(story),
        };
        opened.around(sources, story, moment, self.within)
    }
}

/// An action of the story, a time of day on the day it began, or a whole time.
fn named(story: &Story, at: &str) -> Result<Nanos, Fault> {
    let step = story.steps.iter().find(|step| step.entry.action == at);
    let begin = stamp(story.totals.begin);
    let day = begin.split('T').next().unwrap_or_default();
    let found = step
        .map(|step| step.time)
        .or_else(|| moment(&format!("{day}T{at}Z")))
        .or_else(|| moment(at));
    found.ok_or_else(|| {
        let mut actions: Vec<&str> = Vec::new();
        for step in &story.steps {
            if !actions.contains(&step.entry.action.as_str()) {
                actions.push(&step.entry.action);
            }
        }
        Fault::new(Exit::NotFound, format!("`--at {at}` is no action of this story and no time"))
            .help(format!("its actions are {}; a time is {begin}", actions.join(", ")))
    })
}

/// When it went wrong.
fn wrong(story: &Story) -> Nanos {
    let totals = &story.totals;
    let failed = totals.failures.first().and_then(|at| story.steps.get(*at));
    let stuck = totals.open.first().and_then(|at| story.operations.get(*at));
    failed.map(|step| step.time).or(stuck.map(|one| one.from)).unwrap_or(totals.end)
}
