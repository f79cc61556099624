//! What the verbs that read logs have in common: their arguments, and what they say when there is
//! nothing to tell.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{Arg, ArgMatches, value_parser};
use jiff::{Span, SpanRelativeTo, Timestamp};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::args::options;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::logs::{Nanos, Period, Sources, Stop, Trouble, moment};
use crate::report::Report;
use crate::story::{RECENT, Selection, near};

/// Finds the logs.
pub(super) fn find(named: &[PathBuf]) -> Sources {
    Sources::find_until(named, interruption())
}

/// Whoever presses Ctrl-C is told what was read until then; pressed once more, it ends at once.
pub(super) fn interruption() -> Stop {
    let flag = Arc::new(AtomicBool::new(false));
    let code = i32::from(Exit::Interrupted.code());
    let ends = flag::register_conditional_shutdown(SIGINT, code, Arc::clone(&flag));
    // Where signals cannot be had, Ctrl-C does what it does to any program.
    if ends.is_ok() && flag::register(SIGINT, Arc::clone(&flag)).is_err() {
        return Stop::default();
    }
    Stop::by(flag)
}

/// `LOG…`
pub(super) fn arg() -> Arg {
    Arg::new("log")
        .value_name("LOG")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .help("Files, folders, globs, or - for the standard input")
}

/// `--since`
pub(super) fn since_arg() -> Arg {
    Arg::new("since")
        .long("since")
        .value_name("TIME")
        .help("Leave out what is older: 10m, 2h, 3d, or 2026-11-21T18:34:05Z")
}

/// `--until`
pub(super) fn until_arg() -> Arg {
    Arg::new("until")
        .long("until")
        .value_name("TIME")
        .help("Leave out what is later, written as for --since")
}

/// The logs that were named; without a name, what is piped in.
pub(super) fn named(matches: &ArgMatches) -> Result<Vec<PathBuf>, Fault> {
    let named = options::paths_of(matches, "log");
    if !named.is_empty() {
        return Ok(named);
    }
    if io::stdin().is_terminal() {
        return Err(Fault::usage("there is no log to read")
            .help("name files or folders behind the id, or pipe logs in"));
    }
    Ok(vec![PathBuf::from("-")])
}

/// From when until when, as `--since` and `--until` have it.
pub(super) fn period(matches: &ArgMatches) -> Result<Period, Fault> {
    let period = Period { since: time(matches, "since")?, until: time(matches, "until")? };
    match (period.since, period.until) {
        (Some(since), Some(until)) if since > until => {
            Err(Fault::usage("`--until` is before `--since`: nothing is between them")
                .help("a span counts back from now: --since 2h --until 1h"))
        }
        _ => Ok(period),
    }
}

/// A time, or a span back from now, in nanoseconds since 1970.
fn time(matches: &ArgMatches, name: &str) -> Result<Option<Nanos>, Fault> {
    let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
    // `13:20:44` would be a span of hours, and means a time of a day that nobody knows here.
    let ago = text.parse::<Span>().ok().filter(|_| !text.contains(':'));
    let day = SpanRelativeTo::days_are_24_hours();
    let ago = ago.and_then(|ago| ago.to_duration(day).ok());
    let ago = ago.and_then(|ago| Timestamp::now().checked_sub(ago).ok());
    let ago = ago.and_then(|then| Nanos::try_from(then.as_nanosecond()).ok());
    match ago.or_else(|| moment(text)) {
        Some(time) => Ok(Some(time)),
        None => Err(Fault::usage(format!("`--{name} {text}` is neither a time nor a span"))
            .help("write 10m, 2h, 3d, or a time with its day: 2026-11-21T18:34:05Z")),
    }
}

/// Refuses to go on where none of the logs can be read.
pub(super) fn some(sources: &Sources) -> Result<(), Fault> {
    match sources.troubles.first() {
        Some(trouble) if sources.found.is_empty() => {
            Err(Fault::unreadable(&trouble.path, &trouble.reason))
        }
        _ => Ok(()),
    }
}

/// Why there is no story: where was looked, and which ids there are that look alike.
pub(super) fn nothing(sources: &Sources, selection: &Selection) -> Fault {
    let asked = &selection.asked;
    if sources.interrupted() {
        let message = format!("interrupted before a line of {asked:?} was found");
        return Fault::new(Exit::Interrupted, message);
    }
    if let Err(fault) = some(sources) {
        return fault;
    }
    let mut message =
        format!("no field of any line is {asked:?}\n  looked in {}", looked_in(sources));
    if selection.mentions > 0 {
        let (lines, have) =
            if selection.mentions == 1 { ("line", "names") } else { ("lines", "name") };
        message +=
            &format!("\n  {} {lines} {have} it in the text or are cut off", selection.mentions);
        if let Some((path, offset)) = selection.mentioned.first() {
            message += &format!(", at byte {offset} of {} first", path.display());
        }
    }
    for trouble in &selection.troubles {
        message += &format!("\n  {}", told(trouble));
    }
    let near = near(sources, asked);
    if near.recent {
        let recent = RECENT >> 20;
        message += &format!(
            "\n  ids like it were looked for in the last {recent} MiB alone of a log with an index"
        );
    }
    let fault = Fault::new(Exit::NotFound, message);
    if !near.ids.is_empty() {
        return fault.help(format!("did you mean {}?", near.ids.join(", ")));
    }
    if sources.found.iter().all(|source| source.is_stdin() && source.length == 0) {
        return fault.help("name files or folders behind the id, or pipe logs in");
    }
    fault.help("`cargo narration stories LOG…` lists the ids that are there")
}

fn looked_in(sources: &Sources) -> String {
    const MOST: usize = 5;
    let paths: Vec<String> =
        sources.found.iter().take(MOST).map(|source| shown(&source.path)).collect();
    let more = sources.found.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if !sources.late.is_empty() {
        return paths.join(", ");
    }
    let bytes: u64 = sources.found.iter().map(|source| source.length).sum();
    let logs = if sources.found.is_empty() { "no log".to_owned() } else { paths.join(", ") };
    format!("{logs}{more} ({bytes} bytes)")
}

fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        "the standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

pub(super) fn told(trouble: &Trouble) -> String {
    format!("{} cannot be read: {}", shown(&trouble.path), trouble.reason)
}

/// A report says how many events were read more than once, from copies of logs for instance.
pub(super) fn with_repeated(report: Report, repeated: u64) -> Report {
    match repeated {
        0 => report,
        1 => report.note("1 event was read twice and counts once"),
        more => report.note(format!("{more} events were read twice and count once")),
    }
}

/// A report of which a part is missing says so, and by its exit code.
pub(super) fn with_troubles(mut report: Report, sources: &Sources, troubles: &[Trouble]) -> Report {
    if sources.interrupted() {
        let note = "interrupted: the logs were not read to their end";
        return report.note(note).exit(Exit::Interrupted);
    }
    for trouble in troubles {
        report = report.note(format!("warning: {}", told(trouble)));
    }
    for Trouble { path, reason } in &sources.stale {
        let path = path.display();
        let way = format!("renew it with `cargo narration index {path}`");
        report = report.note(format!("the index of {path} is not used: {reason}; {way}"));
    }
    if troubles.is_empty() { report } else { report.exit(Exit::Unreadable) }
}
