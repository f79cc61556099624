//! `story`: what happened to one request, over all logs of all services.
//!
//! In: any id and logs. Out: the steps in the order of time, and where the time went.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use narration_record::Level;
use narration_taxonomy::Taxonomy;

use super::logs;
use crate::args::options;
use crate::fault::Fault;
use crate::logs::{Entry, Sources, tail};
use crate::render::{self, Filter, View};
use crate::report::Report;
use crate::story::{self, Deed, Story, Surroundings};
use crate::terminal;
use crate::vocabularies::{self, Known};

const EXAMPLES: &str = "\
The id may be any id in any field: a correlation id, a session, a job, a trace.
Logs are files, folders, globs, or - for the standard input; packed ones (.gz,
.zst), rotated ones, and lines behind the prefixes of containers and journals
are read as they are.

Examples:
  cargo narration story req-xyz logs/                 the whole story
  cargo narration story session-abc123 logs/*.log     of every request of a session
  kubectl logs -l app=llama | cargo narration story req-xyz -
  cargo narration story req-xyz logs/ --actor pool-managerd --level warn
  cargo narration story req-xyz logs/ --format json | jq .slowest_hop
  cargo narration story req-xyz logs/ --format html > story.html
";

pub(crate) fn args(name: &'static str) -> Command {
    let many = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
    };
    Command::new(name)
        .about("Tell the story of a request over all logs")
        .arg(Arg::new("id").value_name("ID").required(true).help("Any id of the request"))
        .arg(logs::arg())
        .arg(many("actor", "NAME", "Show the steps of this actor"))
        .arg(many("action", "NAME", "Show the steps with this action"))
        .arg(many("field", "NAME=VALUE", "Show the steps whose field has this value"))
        .arg(
            Arg::new("level")
                .long("level")
                .value_name("LEVEL")
                .value_parser(["trace", "debug", "info", "warn", "error"])
                .help("Show the steps that are at least this bad"),
        )
        .arg(logs::since_arg())
        .arg(
            Arg::new("align")
                .long("align")
                .action(ArgAction::SetTrue)
                .help("Correct clocks that contradict cause and effect, and say by how much"),
        )
        .arg(vocabularies::arg())
        .arg(options::format(&["text", "json", "markdown", "mermaid", "html"]))
        .after_help(EXAMPLES)
}

/// What to tell, and how.
pub(crate) struct Plan {
    asked: String,
    logs: Vec<PathBuf>,
    since: Option<i64>,
    filter: Filter,
    align: bool,
    vocabulary: Option<Known>,
    format: String,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let all = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned();
        let fields: Result<_, Fault> = all("field")
            .map(|pair| match pair.split_once('=') {
                Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
                None => Err(Fault::usage(format!("`--field {pair}` has no value"))
                    .help("write it as --field pool_id=default")),
            })
            .collect();
        let level =
            matches.get_one::<String>("level").and_then(|level| level.parse::<Level>().ok());
        Ok(Self {
            asked: all("id").next().unwrap_or_default(),
            logs: logs::named(matches)?,
            since: logs::since(matches)?,
            filter: Filter {
                actors: all("actor").collect(),
                actions: all("action").collect(),
                fields: fields?,
                level,
            },
            align: matches.get_flag("align"),
            vocabulary: vocabularies::optional(matches)?,
            format: options::format_of(matches).to_owned(),
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let sources = logs::find(&plan.logs);
    let mut selection = story::select(&sources, &plan.asked);
    if let Some(since) = plan.since {
        selection.entries.retain(|entry| entry.time.is_none_or(|time| time >= since));
    }
    if selection.entries.is_empty() {
        return Err(logs::nothing(&sources, &selection));
    }
    let vocabulary = plan.vocabulary.as_ref().map(|known| known.vocabulary.taxonomy());
    let mut surroundings = surroundings(&sources, &selection.entries, vocabulary);
    surroundings.align = plan.align;
    let entries = std::mem::take(&mut selection.entries);
    let story = Story::tell(entries, &surroundings);
    let view = View::new(&selection, &story, &sources.found, &plan.filter);
    let report = match plan.format.as_str() {
        "json" => Report::json(&render::json::render(&view)),
        "markdown" => Report::text(render::markdown::render(&view)),
        "mermaid" => Report::text(render::mermaid::render(&view)),
        "html" => Report::text(render::html::render(&view)),
        _ => Report::text(render::text::render(&view, width())),
    };
    Ok(logs::with_troubles(report, &sources, &selection.troubles))
}

/// On a terminal a text is broken to fit; elsewhere a step stays one line, for `grep`.
fn width() -> usize {
    if io::stdout().is_terminal() { terminal::width() } else { usize::MAX }
}

/// What the ends of the logs tell: until when they were written, and which actions have outcomes.
pub(super) fn surroundings(
    sources: &Sources,
    known: &[Entry],
    vocabulary: Option<&Taxonomy>,
) -> Surroundings {
    let mut around = Surroundings::default();
    let mut late = Vec::new();
    for (index, source) in sources.found.iter().enumerate() {
        late.extend(tail(u32::try_from(index).unwrap_or(u32::MAX), source));
    }
    around.until = late.iter().chain(known).filter_map(|entry| entry.time).max();
    around.beginnings = story::beginnings(&late);
    around.beginnings.extend(vocabulary.map(declared).unwrap_or_default());
    around
}

/// The actions that have an outcome by the vocabulary, and the actions that tell it.
fn declared(vocabulary: &Taxonomy) -> HashMap<Deed, Vec<String>> {
    let mut declared = HashMap::new();
    for actor in &vocabulary.actors {
        for action in &actor.actions {
            let ends = [&action.ok, &action.failed, &action.cancelled];
            let ends: Vec<String> =
                ends.into_iter().flatten().map(|name| name.value.clone()).collect();
            if !ends.is_empty() {
                declared.insert((actor.name.clone(), action.name.clone()), ends);
            }
        }
    }
    declared
}
