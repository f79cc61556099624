//! `story`: what happened to one request, over all logs of all services.
//!
//! In: any id and logs. Out: the steps in the order of time, and where the time went.

mod follow;
mod moment;
pub(super) mod surroundings;

use std::io::{self, IsTerminal as _};

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use narration_record::Level;
use narration_taxonomy::Taxonomy;

use super::logs;
use super::origin::{self, Opened, Origin};
use crate::args::options;
use crate::clickhouse::{Kind, Question};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::json_text;
use crate::logs::Period;
use crate::render::{self, Filter, View};
use crate::report::Report;
use crate::story::{self, Around, Comparison, Selection, Story};
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
  cargo narration story req-xyz logs/ --follow        and what comes, until Ctrl-C
  cargo narration story req-xyz logs/ --compare       is it slower than others?
  cargo narration story req-xyz logs/ --around 5s     what else went on when it failed?
  cargo narration story req-xyz logs/ --around 200ms --at cmake-build
  cargo narration story req-xyz logs/ --actor pool-managerd --level warn
  cargo narration story req-xyz logs/ --format json | jq .slowest_hop
  cargo narration story req-xyz logs/ --format html > story.html
  cargo narration story req-xyz --from clickhouse://reader@db:8123/otel
";

pub(crate) fn args(name: &'static str) -> Command {
    let many = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    Command::new(name)
        .about("Tell the story of a request over all logs")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .value_parser(NonEmptyStringValueParser::new())
                .help("Any id of the request"),
        )
        .arg(logs::arg())
        .arg(origin::arg())
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
        .arg(logs::until_arg().conflicts_with("follow"))
        .arg(flag("align", "Correct clocks that contradict cause and effect, and say by how much"))
        .arg(flag("compare", "Say how it stands beside the other requests that begin as it does"))
        .arg(
            Arg::new("around")
                .long("around")
                .value_name("SPAN")
                .conflicts_with_all(["follow", "for-user"])
                .help("Show what else all services told so long before and after what went wrong"),
        )
        .arg(
            Arg::new("at")
                .long("at")
                .value_name("ACTION|TIME")
                .requires("around")
                .help("With --around: before and after this action of the story, or this time"),
        )
        .arg(
            Arg::new("width")
                .long("width")
                .value_name("COLUMNS")
                .value_parser(value_parser!(u16).range(20..))
                .help("Break the text to so many columns, wherever it goes"),
        )
        .arg(flag("follow", "Go on with the steps that come, until Ctrl-C").short('f'))
        .arg(flag("for-user", "Tell it in plain sentences, with public values alone"))
        .arg(vocabularies::arg())
        .arg(options::format(&["text", "json", "markdown", "mermaid", "html"]))
        .after_help(EXAMPLES)
}

/// What to tell, and how.
pub(crate) struct Plan {
    asked: String,
    logs: Origin,
    period: Period,
    filter: Filter,
    align: bool,
    compare: bool,
    around: Option<moment::Wanted>,
    width: Option<u16>,
    follow: bool,
    for_user: bool,
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
        let vocabulary = vocabularies::optional(matches)?;
        let origin = Origin::of(matches)?;
        if vocabulary.is_none() && matches.get_flag("for-user") {
            return Err(Fault::usage("without a vocabulary no value is known to be public")
                .help("name it with --vocabulary narration.toml"));
        }
        let format = options::format_of(matches);
        let around = moment::wanted(matches)?;
        if around.is_some() && matches!(format, "mermaid" | "html") {
            return Err(Fault::usage(format!("`--around` has no place in {format}"))
                .help("it is told with --format text, json or markdown"));
        }
        Ok(Self {
            asked: all("id").next().unwrap_or_default(),
            logs: origin,
            period: logs::period(matches)?,
            filter: Filter {
                actors: all("actor").collect(),
                actions: all("action").collect(),
                fields: fields?,
                level,
            },
            align: matches.get_flag("align"),
            compare: matches.get_flag("compare"),
            around,
            width: matches.get_one("width").copied(),
            follow: matches.get_flag("follow"),
            for_user: matches.get_flag("for-user"),
            vocabulary,
            format: format.to_owned(),
        })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let opened = plan.logs.open()?;
    let question = Question { asked: &plan.asked, period: plan.period, filter: plan.asked_for() };
    let (sources, mut selection) = opened.select(question)?;
    selection.entries.retain(|entry| plan.period.has(entry.time()));
    if plan.follow {
        let troubles = selection.troubles.clone();
        let report = Report::telling(move |out, notes| {
            follow::follow(&plan, &opened, &sources, selection, out, notes)
        });
        return Ok(troubles.iter().fold(report, |report, one| report.note(logs::told(one))));
    }
    if selection.entries.is_empty() {
        return Err(logs::nothing(&sources, &selection));
    }
    let mut surroundings = surroundings::find(&sources, &selection.entries, plan.taxonomy());
    surroundings.align = plan.align;
    // What is later is left out: the story is told as it stood then.
    let asked = plan.period.until;
    surroundings.until =
        surroundings.until.map(|known| asked.map_or(known, |asked| known.min(asked)));
    let entries = std::mem::take(&mut selection.entries);
    let story = Story::tell(entries, &surroundings);
    let comparison = if plan.compare { plan.compared(&opened, &story, &selection)? } else { None };
    let (found, mut troubles) = (sources.found.clone(), selection.troubles.clone());
    let around = match &plan.around {
        Some(wanted) => {
            let (around, more) = wanted.find(&opened, &sources, &story)?;
            troubles.extend(more);
            Some(around)
        }
        None => None,
    };
    let beside = Beside { comparison, around };
    // A story may be longer than what should be held as text.
    let report = Report::stream(move |out| {
        let view = View::new(&selection, &story, &found, &plan.filter);
        plan.write(out, &view, &beside)?;
        Ok(Exit::Fine)
    });
    Ok(logs::with_troubles(report, &sources, &troubles))
}

/// What is told beside the story itself.
struct Beside {
    comparison: Option<Comparison>,
    around: Option<Around>,
}

/// Every step is shown.
static EVERY: Filter =
    Filter { actors: Vec::new(), actions: Vec::new(), fields: Vec::new(), level: None };

impl Plan {
    /// Which steps have to come whole: what is known again by what it says needs all of it.
    fn asked_for(&self) -> &Filter {
        if self.follow || self.around.is_some() { &EVERY } else { &self.filter }
    }

    fn taxonomy(&self) -> Option<&Taxonomy> {
        self.vocabulary.as_ref().map(|known| known.vocabulary.taxonomy())
    }

    /// The story beside the others that begin as it does.
    fn compared(
        &self,
        opened: &Opened,
        story: &Story,
        selection: &Selection,
    ) -> Result<Option<Comparison>, Fault> {
        let Some(deed) = story::entry(story) else { return Ok(None) };
        let survey = opened.survey(self.period, Kind::Like(&deed))?;
        Ok(story::compare(story, &selection.ids, &survey))
    }

    /// On a terminal a text is broken to fit; elsewhere a step stays one line, for `grep`.
    fn width(&self) -> usize {
        match self.width {
            Some(width) => usize::from(width),
            None if io::stdout().is_terminal() => terminal::width(),
            None => usize::MAX,
        }
    }

    fn write(&self, out: &mut dyn io::Write, view: &View<'_>, beside: &Beside) -> io::Result<()> {
        if let Some(known) = self.vocabulary.as_ref().filter(|_| self.for_user) {
            return render::user::write(out, view, &known.vocabulary);
        }
        let (compared, around) = (beside.comparison.as_ref(), beside.around.as_ref());
        match self.format.as_str() {
            "json" => {
                let comparison = compared.map(render::compared::as_json);
                let around = around.map(|around| render::json::around(view, around));
                let told = render::json::Told { view, comparison, around };
                json_text::write_pretty(&mut *out, &told)?;
                out.write_all(b"\n")
            }
            "markdown" => {
                let around = around.map(|around| render::markdown::around(view, around));
                render::markdown::write(out, view)?;
                out.write_all(around.unwrap_or_default().as_bytes())
            }
            "mermaid" => render::mermaid::write(out, view),
            "html" => render::html::write(out, view),
            _ => {
                let compared = match compared {
                    Some(compared) => render::compared::text(compared),
                    None if self.compare => render::compared::alone(view.story),
                    None => String::new(),
                };
                let around = around.map(|around| render::text::around(view, around));
                render::text::write(out, view, self.width())?;
                out.write_all(around.unwrap_or_default().as_bytes())?;
                out.write_all(compared.as_bytes())
            }
        }
    }
}
