//! `index`: a small file beside each log, so that the next question about it is answered at once.
//!
//! In: logs. Out: for each of them how large its index is, and how much of the log was read for it.

use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::logs;
use crate::args::options;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::logs::{Built, Source, beside, build};
use crate::report::Report;

const EXAMPLES: &str = "\
An index lies beside its log, hidden, as .NAME.narration-index. `story` uses it
by itself: it reads only the blocks that may hold the id, and what was added to
the log since. An index that no longer belongs to its log is not used.

Examples:
  cargo narration index logs/            make them, or renew them
  cargo narration index logs/ --remove   take them away again
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Index logs, so that the next question about them is answered at once")
        .arg(logs::arg())
        .arg(
            Arg::new("remove")
                .long("remove")
                .action(ArgAction::SetTrue)
                .help("Take the indexes of these logs away"),
        )
        .arg(options::format(&["text", "json"]))
        .after_help(EXAMPLES)
}

/// Which logs to index.
pub(crate) struct Plan {
    logs: Vec<PathBuf>,
    remove: bool,
    json: bool,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let logs = options::paths_of(matches, "log");
        if logs.is_empty() || logs.iter().any(|log| log.as_os_str() == "-") {
            return Err(Fault::usage("an index needs a log that stays where it is")
                .help("name files or folders"));
        }
        let json = options::format_of(matches) == "json";
        Ok(Self { logs, remove: matches.get_flag("remove"), json })
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let sources = logs::find(&plan.logs);
    logs::some(&sources)?;
    if plan.remove {
        return remove(&sources.found);
    }
    let mut indexed = Vec::new();
    let mut troubles = sources.troubles.clone();
    // A document is taken apart whenever it is read.
    let logs = sources.found.iter().filter(|source| !source.is_kept());
    for source in logs.take_while(|_| !sources.stop.is_set()) {
        match build(source) {
            Ok(built) => indexed.push((source, built)),
            Err(error) => {
                let (path, reason) = (source.path.clone(), error.to_string());
                troubles.push(crate::logs::Trouble { path, reason });
            }
        }
    }
    let report = if plan.json {
        Report::json(&indexed.iter().map(as_json).collect::<Vec<_>>())
    } else {
        Report::text(indexed.iter().map(as_text).collect::<String>())
    };
    Ok(logs::with_troubles(report, &sources, &troubles))
}

fn remove(found: &[Source]) -> Result<Report, Fault> {
    let mut removed = 0;
    for path in found.iter().map(|source| beside(&source.path)).filter(|path| path.exists()) {
        fs::remove_file(&path).map_err(|error| Fault::unwritable(&path, &error))?;
        removed += 1;
    }
    Ok(Report::text(format!("{removed} removed\n")).exit(Exit::Fine))
}

fn as_json((source, built): &(&Source, Built)) -> serde_json::Value {
    json!({
        "log": source.path.display().to_string(),
        "index": built.path.display().to_string(),
        "log_bytes": source.length,
        "index_bytes": built.length,
        "read_bytes": built.read,
    })
}

fn as_text((source, built): &(&Source, Built)) -> String {
    format!(
        "{}: {} bytes for a log of {}, {} read\n",
        source.path.display(),
        built.length,
        source.length,
        built.read
    )
}
