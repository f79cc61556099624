//! `man`: the manual as a page for `man`, all verbs in one.
//!
//! In: nothing. Out: roff.

use clap::{ArgMatches, Command};
use clap_mangen::Man;

use crate::args;
use crate::fault::Fault;
use crate::report::Report;

const EXAMPLES: &str = "\
Examples:
  cargo-narration man > ~/.local/share/man/man1/cargo-narration.1
  man cargo-narration
";

pub(crate) fn args(name: &'static str) -> Command {
    Command::new(name).about("Print the manual page").after_help(EXAMPLES)
}

/// There is nothing to choose.
pub(crate) struct Plan;

impl Plan {
    pub(crate) fn resolve(_matches: &ArgMatches) -> Result<Self, Fault> {
        Ok(Self)
    }
}

pub(crate) fn run(_plan: Plan) -> Result<Report, Fault> {
    let mut command = args::command();
    command.build();
    let mut page = Vec::new();
    // Written to memory, which is never full.
    let _ = Man::new(command.clone()).render(&mut page);
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        page.extend_from_slice(
            format!(".SH CARGO NARRATION {}\n", verb.get_name().to_uppercase()).as_bytes(),
        );
        let man = Man::new(verb.clone());
        let _ = man.render_description_section(&mut page);
        let _ = man.render_synopsis_section(&mut page);
        let _ = man.render_options_section(&mut page);
        let _ = man.render_extra_section(&mut page);
    }
    Ok(Report::text(String::from_utf8_lossy(&page)))
}
