//! Options that several verbs have, so that they are spelled and told alike.
//!
//! In: the matches of a verb. Out: clap's arguments, and what was typed for them.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::sources::Selection;

/// `--format`, the first of `formats` being the default.
pub(crate) fn format(formats: &'static [&'static str]) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(formats))
        .default_value(formats.first().copied().unwrap_or("text"))
        .help("How to print the result")
}

/// The value of `--format`.
pub(crate) fn format_of(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("format").map_or("text", String::as_str)
}

/// A path that may be given with `--name`.
pub(crate) fn path(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf)).help(help)
}

/// The paths given for `name`, in their order.
pub(crate) fn paths_of(matches: &ArgMatches, name: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(name).into_iter().flatten().cloned().collect()
}

/// Which packages are meant, spelled as cargo has it.
pub(crate) fn selection() -> [Arg; 3] {
    [
        Arg::new("package")
            .short('p')
            .long("package")
            .value_name("NAME")
            .action(ArgAction::Append)
            .help("Only this package; may be given again"),
        Arg::new("workspace")
            .long("workspace")
            .action(ArgAction::SetTrue)
            .conflicts_with("package")
            .help("Every package of the workspace"),
        path("manifest-path", "PATH", "The Cargo.toml to start from"),
    ]
}

/// The packages that were typed.
pub(crate) fn selection_of(matches: &ArgMatches) -> Selection {
    Selection {
        manifest: matches.get_one("manifest-path").cloned(),
        packages: matches.get_many("package").into_iter().flatten().cloned().collect(),
        whole: matches.get_flag("workspace"),
    }
}
