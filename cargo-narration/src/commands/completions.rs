//! `completions`: what a shell needs to complete this command line.
//!
//! In: the name of a shell. Out: its script.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::args;
use crate::fault::Fault;
use crate::report::Report;

const EXAMPLES: &str = "\
Examples:
  cargo-narration completions bash > ~/.local/share/bash-completion/completions/cargo-narration
  cargo-narration completions fish > ~/.config/fish/completions/cargo-narration.fish
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name)
        .about("Print the completions for a shell")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("The shell that shall complete"),
        )
        .after_help(EXAMPLES)
}

/// What to complete for.
pub(crate) struct Plan {
    shell: Shell,
}

impl Plan {
    pub(crate) fn resolve(matches: &ArgMatches) -> Result<Self, Fault> {
        let shell = matches.get_one::<Shell>("shell").copied();
        shell.map(|shell| Self { shell }).ok_or_else(|| Fault::usage("name a shell"))
    }
}

pub(crate) fn run(plan: Plan) -> Result<Report, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(plan.shell, &mut args::command(), "cargo-narration", &mut script);
    Ok(Report::text(String::from_utf8_lossy(&script)))
}
