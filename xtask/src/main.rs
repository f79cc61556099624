//! The developers' single entry: `cargo xtask <verb>`.
//!
//! In: a verb. Out: its report on standard output, and an exit code of 0 when
//! all is well. One file a verb; what several of them need stands beside them.

mod bench;
mod bench_clickhouse;
mod bench_story;
mod ci;
mod console;
mod demo;
mod failure;
mod faults;
mod fuzz;
mod lint;
mod mutants;
mod program;
mod test;
mod tools;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use failure::Failure;
use workspace::Workspace;

fn main() -> ExitCode {
    match run(&command().get_matches()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::failure(&failure);
            ExitCode::FAILURE
        }
    }
}

fn command() -> Command {
    let passed_on = |help| {
        let arguments = Arg::new("arguments").num_args(0..).last(true);
        arguments.value_parser(value_parser!(OsString)).help(help)
    };
    Command::new("cargo xtask")
        .about("What developers of narration do")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("demo").about("Shows what narration does"))
        .subcommand(
            Command::new("test")
                .about("Runs every test of the workspace")
                .arg(passed_on("For the test runner, behind `--`")),
        )
        .subcommand(
            Command::new("lint")
                .about("Checks formatting, lints, features, docs and the rules of the house"),
        )
        .subcommand(
            Command::new("bench")
                .about("Measures, with peers in the same run, and holds it to the bars")
                .arg(
                    Arg::new("parts")
                        .num_args(0..)
                        .value_parser(bench::PARTS)
                        .help("All, when none is named"),
                )
                .arg(passed_on("For criterion, behind `--`")),
        )
        .subcommand(bench_story::command())
        .subcommand(bench_clickhouse::command())
        .subcommand(
            Command::new("faults").about("Puts a service into trouble and counts what is lost"),
        )
        .subcommand(fuzz::command())
        .subcommand(mutants::command())
        .subcommand(Command::new("ci").about("Does what the build server does"))
}

fn run(arguments: &ArgMatches) -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    match arguments.subcommand() {
        Some(("demo", _)) => demo::run(&workspace),
        Some(("test", own)) => test::run(&workspace, &passed_on(own)),
        Some(("lint", _)) => lint::run(&workspace),
        Some(("bench", own)) => bench::run(&workspace, &parts(own), &passed_on(own)),
        Some(("bench-story", own)) => bench_story::run(&workspace, own),
        Some(("bench-clickhouse", own)) => bench_clickhouse::run(&workspace, own),
        Some(("faults", _)) => faults::run(&workspace),
        Some(("fuzz", own)) => fuzz::run(&workspace, own),
        Some(("mutants", own)) => mutants::run(&workspace, own),
        Some(("ci", _)) => ci::run(&workspace),
        _ => Err(Failure::new("there is no such verb; `cargo xtask --help` lists them")),
    }
}

fn parts(arguments: &ArgMatches) -> Vec<String> {
    arguments.get_many("parts").into_iter().flatten().cloned().collect()
}

fn passed_on(arguments: &ArgMatches) -> Vec<OsString> {
    arguments.get_many("arguments").into_iter().flatten().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn what_stands_behind_the_dashes_is_passed_on() {
        let parsed = command().try_get_matches_from(["xtask", "test", "--", "--nocapture", "name"]);
        let (_, own) = parsed.as_ref().unwrap().subcommand().unwrap();
        assert_eq!(passed_on(own), ["--nocapture", "name"]);
    }
}
