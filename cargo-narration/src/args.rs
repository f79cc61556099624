//! The command line as typed.
//!
//! In: the words of the command line. Out: which verb was meant, and what was
//! typed behind it; or the text that helps. What a word means is the verb's to say.

pub(crate) mod options;

use std::ffi::OsString;

use anstream::ColorChoice;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgMatches, Command};

use crate::commands::{VERBS, Verb};
use crate::exit::Exit;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  cargo narration check        is every narration as the vocabulary has it?
";

/// The whole command line.
pub(crate) fn command() -> Command {
    let verbs = VERBS.iter().map(|verb| (verb.args)());
    Command::new("cargo-narration")
        .bin_name("cargo narration")
        .about("Reads a vocabulary, the sources that use it and the logs they write")
        .version(env!("CARGO_PKG_VERSION"))
        .styles(STYLES)
        .max_term_width(100)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(colour_arg())
        .subcommands(verbs)
        .after_help(format!("{EXAMPLES}\nExit codes:\n{}", Exit::table()))
}

/// Reads the words of a command line, program name included.
pub(crate) fn parse(typed: impl IntoIterator<Item = OsString>) -> Result<ArgMatches, clap::Error> {
    let mut words: Vec<OsString> = typed.into_iter().collect();
    // Cargo starts `cargo-narration narration …` for `cargo narration …`.
    if words.get(1).is_some_and(|word| word == "narration") {
        words.remove(1);
    }
    command().try_get_matches_from(words)
}

/// The verb that was typed, with what was typed behind it.
pub(crate) fn verb(matches: &ArgMatches) -> Option<(&'static Verb, &ArgMatches)> {
    let (name, matches) = matches.subcommand()?;
    let verb = VERBS.iter().find(|verb| verb.name == name)?;
    Some((verb, matches))
}

/// What the user wants of colours.
pub(crate) fn colour(matches: &ArgMatches) -> ColorChoice {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

fn colour_arg() -> Arg {
    Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .value_parser(["auto", "always", "never"])
        .default_value("auto")
        .hide_default_value(true)
        .global(true)
        .help("When to use colours; by itself on terminals, and not where NO_COLOR is set")
}
