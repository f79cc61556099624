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
  cargo narration init                        a first vocabulary from what is printed today
  cargo narration check                       is every narration as the vocabulary has it?
  cargo narration catalog                     the tables of all events
  cargo narration story req-xyz logs/         what happened to a request
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    /// Everything a text shows to be typed: up to a redirection, a comment or two blanks.
    fn shown(text: &str) -> impl Iterator<Item = Vec<OsString>> {
        let lines = text.lines().map(str::trim).filter_map(|line| {
            let typed = line.split("| ").last().unwrap_or(line);
            ["cargo narration ", "cargo-narration "]
                .iter()
                .find_map(|name| typed.strip_prefix(name))
        });
        lines.map(|line| {
            let line = line.split(['>', '#']).next().unwrap_or(line);
            let line = line.split("  ").next().unwrap_or(line);
            let words = line.split_whitespace().map(|word| word.trim_matches('\'').into());
            std::iter::once("cargo-narration".into()).chain(words).collect()
        })
    }

    #[track_caller]
    fn is_understood(words: Vec<OsString>) {
        let parsed = parse(words.clone());
        let fault = parsed.err().filter(clap::Error::use_stderr);
        assert!(fault.is_none(), "{words:?}: {fault:?}");
    }

    #[test]
    fn every_example_of_every_verb_is_understood() {
        let help = command().render_long_help().to_string();
        let verbs = VERBS.iter().map(|verb| (verb.args)().render_long_help().to_string());
        for text in verbs.chain([help]) {
            assert!(text.contains("Examples:"), "{text}");
            shown(&text).for_each(is_understood);
        }
    }

    #[test]
    fn what_the_book_says_to_type_is_understood() {
        let page = include_str!("../../docs/cargo-narration.md");
        let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
        let mut count = 0;
        for words in blocks.flat_map(shown) {
            is_understood(words);
            count += 1;
        }
        assert!(count > 15, "{count}");
        for verb in VERBS {
            assert!(
                page.contains(&format!("`{}`", verb.name)),
                "{} has no place in the book",
                verb.name
            );
        }
    }

    #[test]
    fn the_books_exit_codes_are_the_programs() {
        let page = include_str!("../../docs/cargo-narration.md");
        for line in Exit::table().lines() {
            let code = line.split_whitespace().next().unwrap_or_default();
            assert!(page.contains(&format!("\n| {code} | ")), "{code}");
        }
    }
}
