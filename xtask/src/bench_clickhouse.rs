//! `cargo xtask bench-clickhouse`: how fast an id is found among millions of rows in ClickHouse,
//! beside reading all of them.
//!
//! In: how many rows to make, which come from the generator of `bench-story`. Out: a table of
//! times, and a failure where the answer is not that of the files or the bar is missed. The engine
//! is the one inside of the Python package `chdb`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::{Arg, ArgMatches, value_parser};
use clickhouse_engine::{DEPLOYED, Engine, Refusal};

use crate::bench_story::{logs, target};
use crate::console::{say, stage};
use crate::failure::{Failure, Telling};
use crate::program;
use crate::tools;
use crate::workspace::Workspace;

/// How many times faster than a scan an id has to be found.
const BAR: f64 = 100.0;

/// How long a line of the generator is, about.
const LINE: u64 = 380;

const ROUNDS: usize = 5;

/// Makes rows of the generator's lines, as the Collector's exporter makes them of narrations.
const INSERT: &str = "INSERT INTO otel.otel_logs (Timestamp, SeverityText, SeverityNumber, \
    ServiceName, Body, LogAttributes, EventName) SELECT parseDateTime64BestEffort(timestamp, 9, \
    'UTC'), upper(level), 9, actor, human, map('actor', actor, 'action', action, 'target', target, \
    'correlation_id', correlation_id, 'session_id', session_id, 'job_id', job_id, 'pool_id', \
    pool_id, 'queue_position', toString(queue_position), 'done', toString(done), 'total', \
    toString(total)), concat(actor, '.', action) FROM file('{}', 'JSONEachRow', 'timestamp String, \
    level String, actor String, action String, target String, human String, correlation_id \
    String, session_id String, job_id String, pool_id String, queue_position UInt64, done UInt64, \
    total UInt64')";

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.to_string())
    }
}

/// Its place in the command line.
pub(crate) fn command() -> clap::Command {
    clap::Command::new("bench-clickhouse")
        .about("Measures how fast an id is found in ClickHouse, beside reading every row")
        .arg(
            Arg::new("rows")
                .value_parser(value_parser!(u64))
                .default_value("10000000")
                .help("How many rows to make"),
        )
}

/// Fills a table and measures.
pub(crate) fn run(workspace: &Workspace, arguments: &ArgMatches) -> Result<(), Failure> {
    let rows = arguments.get_one("rows").copied().unwrap_or(10_000_000);
    let Some(python) = tools::chdb(workspace) else {
        return Err(Failure::new("there is no engine: the Python package chdb cannot be had"));
    };
    stage("building cargo-narration");
    program::run(program::cargo(workspace).args(["build", "--release", "-p", "cargo-narration"]))?;
    let target = target(workspace);
    let folder = target.join("bench-clickhouse");
    let measured = measure(&python, &target, &folder, rows);
    fs::remove_dir_all(&folder).told(|| format!("cannot remove {}", folder.display()))?;
    measured
}

fn measure(python: &Path, target: &Path, folder: &Path, rows: u64) -> Result<(), Failure> {
    stage(format_args!("writing about {rows} lines of three services"));
    let files = logs::write(&folder.join("logs"), rows * LINE, logs::STEPS)
        .told(|| format!("cannot write logs to {}", folder.display()))?;
    let engine = Engine::start(python.as_os_str(), folder, &[])?;
    stage("filling the table of deploy/otel_logs.sql");
    let began = Instant::now();
    engine.script(DEPLOYED)?;
    for file in &files {
        engine.ask(&INSERT.replace("{}", &file.display().to_string()))?;
    }
    let filled = began.elapsed().as_secs_f64();
    let size = engine.ask(
        "SELECT concat(toString(sum(rows)), ' rows, ', formatReadableSize(sum(bytes_on_disk)), \
         ' on disk, of which indexes ', formatReadableSize(sum(secondary_indices_compressed_bytes))) \
         FROM system.parts WHERE active AND table = 'otel_logs'",
    )?;
    say(format_args!(
        "{} in {filled:.0} s, version {}",
        size.trim(),
        engine.ask("SELECT version()")?.trim()
    ));
    held(&engine)?;
    same(target, files, &engine)
}

/// The command must answer from the table as it does from the files.
fn same(target: &Path, mut files: Vec<PathBuf>, engine: &Engine) -> Result<(), Failure> {
    stage("the same story");
    // Of the same moment, services tell in the order of their names.
    files.sort();
    let story = |from: &[&std::ffi::OsStr]| {
        let mut command = Command::new(target.join("release").join("cargo-narration"));
        command.args(["story", logs::WANTED]).args(from).stdin(Stdio::null());
        program::output(&mut command)
    };
    let of_files = story(&files.iter().map(|file| file.as_os_str()).collect::<Vec<_>>())?;
    let address = engine.address();
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let of_rows = story(&["--from".as_ref(), address.as_ref()])?;
        best = best.min(began.elapsed().as_secs_f64());
        if of_rows != of_files {
            return Err(Failure::new("the story of the rows is not the story of the files"));
        }
    }
    say(format_args!("{} lines, told in {:.0} ms", of_files.lines().count(), best * 1e3));
    Ok(())
}

/// Times the question for an id with the table's indexes and without.
fn held(engine: &Engine) -> Result<(), Failure> {
    stage("an id among all rows");
    // What an earlier answer taught the engine about this condition must not help.
    let question = |id: &str, indexes: u8| {
        format!(
            "SELECT r.Timestamp, r.Body, r.LogAttributes FROM otel.otel_logs AS r WHERE \
             hasAny(mapValues(r.LogAttributes), ['{id}']) SETTINGS use_skip_indexes = {indexes}, \
             use_query_condition_cache = 0"
        )
    };
    let best = |id: &str, indexes: u8, rounds: usize| -> Result<f64, Failure> {
        let mut best = f64::INFINITY;
        for _ in 0..rounds {
            let began = Instant::now();
            engine.ask(&question(id, indexes))?;
            best = best.min(began.elapsed().as_secs_f64());
        }
        Ok(best)
    };
    let scan = best(logs::WANTED, 0, 2)?;
    let mut table = "\n| question | ms | × |\n|---|--:|--:|\n".to_owned();
    table += &format!("| every row is read | {:.0} | 1 |\n", scan * 1e3);
    let mut least = f64::INFINITY;
    for (id, what) in [
        (logs::WANTED, "21 rows all over the day"),
        ("job-1000003", "rows of one moment"),
        ("req-0", "an id that is not there"),
    ] {
        let took = best(id, 1, ROUNDS)?;
        least = least.min(scan / took);
        table += &format!("| {what} | {:.1} | {:.0} |\n", took * 1e3, scan / took);
    }
    say(table);
    if least < BAR {
        return Err(Failure::new(format!("missed: {least:.0} times a scan, the bar is {BAR}")));
    }
    Ok(())
}
