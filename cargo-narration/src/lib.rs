//! Reads a vocabulary, the sources that use it and the logs they write.
//!
//! In: a command line. Out: a report on the standard output, faults on the
//! standard error, and an exit code that says which.
//!
//! The way is always the same: what was typed (`args`) becomes a resolved plan,
//! a verb under `commands` turns the plan into a `Report` and
//! prints nothing, and `print` is the one place that does.

mod args;
mod bundle;
mod catalog;
mod check;
mod clickhouse;
mod commands;
mod coverage;
mod diff;
mod exit;
mod fault;
mod findings;
mod init;
mod json_text;
mod live;
pub mod logs;
mod print;
mod rate;
pub mod render;
mod report;
mod rules;
mod schema;
mod sources;
pub mod story;
mod terminal;
mod toml_text;
mod vendor;
mod vocabularies;

use std::ffi::OsString;
use std::process::ExitCode;

use exit::Exit;

/// Runs a command line, program name included, and answers with its exit code.
/// Works as `cargo narration …`, for which cargo repeats the word `narration`,
/// and as `cargo-narration …`.
#[must_use]
pub fn main(typed: impl IntoIterator<Item = OsString>) -> ExitCode {
    run(typed).into()
}

fn run(typed: impl IntoIterator<Item = OsString>) -> Exit {
    let matches = match args::parse(typed) {
        Ok(matches) => matches,
        Err(refusal) => return print::refusal(&refusal),
    };
    print::choose_colour(args::colour(&matches));
    let Some((verb, matches)) = args::verb(&matches) else { return Exit::Usage };
    match (verb.run)(matches) {
        Ok(report) => print::report(report),
        Err(fault) => print::fault(&fault),
    }
}
