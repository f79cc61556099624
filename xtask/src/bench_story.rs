//! `cargo xtask bench-story`: how fast a story is found in a gigabyte of logs, beside the tools
//! that people use for it, and how fast it is found again with an index.
//!
//! In: how many megabytes of logs to make, and of how many lines the story is. Out: tables of
//! times and memory, and a failure where a bar is missed. A tool that is not installed is said to
//! be away.

pub(crate) mod logs;
mod stopwatch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Arg, ArgMatches, value_parser};

use crate::console::{say, stage};
use crate::failure::{Failure, Telling};
use crate::program;
use crate::workspace::Workspace;
use stopwatch::{Best, best, once};

/// How many times the time of `rg` a story may take.
const BAR: f64 = 1.3;

/// How long a question about logs with an index may take, in seconds.
const AGAIN: f64 = 0.020;

/// How much memory a story may take, in MiB: of a gigabyte, and of more.
const MEMORY: [u64; 2] = [200, 476];

/// Beyond so many megabytes the bars in time say nothing: the logs may not fit into memory, and
/// only those are measured that end within the day.
const MUCH: u64 = 1000;

/// Each is measured so often, in turn, and the best counts: the rest is what the machine did.
const ROUNDS: usize = 5;

/// What is measured.
struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    files: Vec<PathBuf>,
    megabytes: u64,
    lines: u64,
}

/// Its place in the command line.
pub(crate) fn command() -> clap::Command {
    clap::Command::new("bench-story")
        .about("Measures how fast a story is found, beside rg, grep, hl and jq")
        .arg(
            Arg::new("megabytes")
                .value_parser(value_parser!(u64))
                .default_value("1000")
                .help("How much to search"),
        )
        .arg(
            Arg::new("lines")
                .long("lines")
                .value_name("COUNT")
                .value_parser(value_parser!(u64))
                .help("How many lines are of the request that is looked for"),
        )
}

/// Makes the logs, measures, and takes them away again.
pub(crate) fn run(workspace: &Workspace, arguments: &ArgMatches) -> Result<(), Failure> {
    let megabytes = arguments.get_one("megabytes").copied().unwrap_or(1000);
    stage("building cargo-narration as it is released");
    program::run(program::cargo(workspace).args(["build", "--release", "-p", "cargo-narration"]))?;
    let target = target(workspace);
    let folder = target.join("bench-story");
    stage(format_args!("writing {megabytes} MB of logs of three services"));
    let lines = arguments.get_one("lines").copied().unwrap_or(logs::STEPS);
    let files = logs::write(&folder, megabytes * 1_000_000, lines)
        .told(|| format!("cannot write logs to {}", folder.display()))?;
    let binary = target.join("release").join("cargo-narration");
    let bench = Bench { binary, folder, files, megabytes, lines };
    let measured = bench.first().and_then(|()| bench.again());
    fs::remove_dir_all(&bench.folder)
        .told(|| format!("cannot remove {}", bench.folder.display()))?;
    measured
}

pub(crate) fn target(workspace: &Workspace) -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    set.map_or_else(|| workspace.root.join("target"), |target| workspace.root.join(target))
}

impl Bench {
    /// The first question, beside what the peers do of the same work.
    fn first(&self) -> Result<(), Failure> {
        let mut all = vec![("story", self.ours(&["story", logs::WANTED]))];
        all.extend(self.peers());
        // One round for all, so that each finds the logs in memory.
        let times = best(&mut all, self.rounds())?;
        say(table(&times));
        let (folder, lines) = (self.folder.display(), self.lines);
        say(format_args!("{} bytes in {folder}, {lines} lines are looked for", size(&self.files)));
        let of = |name: &str| times.iter().find(|best| best.name == name);
        let Some(story) = of("story") else { return Ok(()) };
        let most = MEMORY[usize::from(self.megabytes > MUCH)];
        if story.memory.is_some_and(|memory| memory > most << 20) {
            return Err(Failure::new(format!("story took more than {most} MiB")));
        }
        let few = self.megabytes <= MUCH && self.lines <= logs::STEPS;
        match of("rg").filter(|_| few) {
            Some(rg) if story.seconds > BAR * rg.seconds => Err(Failure::new(format!(
                "missed: story took {:.2} × the time of rg, the bar is {BAR}",
                story.seconds / rg.seconds
            ))),
            Some(_) => Ok(()),
            None if few => {
                say("rg is not on the PATH, so the bar could not be held: cargo install ripgrep");
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The second question, about logs that have an index.
    fn again(&self) -> Result<(), Failure> {
        let (seconds, _) = once("index", &mut self.ours(&["index"]))?;
        let files = self.files.iter().map(|log| beside(log)).collect::<Vec<_>>();
        let share = size(&files) as f64 * 100.0 / size(&self.files) as f64;
        say(format_args!("\nthe index: {share:.3} % of the logs, made in {seconds:.2} s"));
        let mut all = vec![
            ("story, lines all over the logs", self.ours(&["story", logs::WANTED])),
            ("story, one line's job, of a request in one place", self.ours(&["story", logs::ONCE])),
        ];
        let times = best(&mut all, self.rounds())?;
        say(table(&times));
        let slow = times.iter().find(|best| best.seconds > AGAIN);
        match slow.filter(|_| self.megabytes <= MUCH && self.lines <= logs::STEPS) {
            Some(slow) => {
                let (name, seconds) = (&slow.name, slow.seconds);
                Err(Failure::new(format!("missed: {name}: {seconds:.3} s, the bar is {AGAIN}")))
            }
            None => Ok(()),
        }
    }

    fn rounds(&self) -> usize {
        if self.megabytes > MUCH { 1 } else { ROUNDS }
    }

    fn ours(&self, args: &[&str]) -> Command {
        let mut ours = Command::new(&self.binary);
        ours.args(args).args(&self.files);
        ours
    }

    /// The peers that are installed, each doing what it can of the same work.
    fn peers(&self) -> Vec<(&'static str, Command)> {
        let field = format!("select(.correlation_id==\"{}\")", logs::WANTED);
        let id = format!("correlation_id={}", logs::WANTED);
        let known: [(&'static str, Vec<&str>); 4] = [
            ("rg", vec!["--no-filename", "--no-line-number", "--fixed-strings", logs::WANTED]),
            ("grep", vec!["-hF", logs::WANTED]),
            ("hl", vec!["-P", "-s", "-f", &id]),
            ("jq", vec!["-c", &field]),
        ];
        let mut peers = Vec::new();
        let slow = |name: &str| self.megabytes > MUCH && name != "rg";
        for (name, args) in known.into_iter().filter(|(name, _)| !slow(name)) {
            let mut command = Command::new(name);
            if command.arg("--version").output().is_ok() {
                let mut command = Command::new(name);
                command.args(args).args(&self.files);
                peers.push((name, command));
            } else {
                say(format_args!("{name} is not installed and is left out"));
            }
        }
        peers
    }
}

/// Where the index of a log lies.
fn beside(log: &Path) -> PathBuf {
    let name = log.file_name().unwrap_or_default().to_string_lossy();
    log.with_file_name(format!(".{name}.narration-index"))
}

fn size(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| file.metadata().ok()).map(|one| one.len()).sum()
}

fn table(times: &[Best]) -> String {
    let rg = times.iter().find(|best| best.name == "rg").map(|best| best.seconds);
    let mut table = "\n| | s | × rg | MiB |\n|---|--:|--:|--:|\n".to_owned();
    for best in times {
        let ratio = rg.map_or("–".to_owned(), |rg| format!("{:.2}", best.seconds / rg));
        let memory = best.memory.map_or("–".to_owned(), |bytes| format!("{}", bytes >> 20));
        table += &format!("| {} | {:.3} | {ratio} | {memory} |\n", best.name, best.seconds);
    }
    table
}
