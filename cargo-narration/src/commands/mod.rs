//! The verbs, one file each.
//!
//! In: what was typed behind a verb. Out: a report, or why there is none. Every
//! file has the same three nouns: `args` (what may be typed), `Plan` (what was
//! typed, resolved), `run` (the work). None of them prints.

mod bundle;
mod catalog;
mod check;
mod completions;
mod coverage;
mod diff;
mod index;
mod init;
mod links;
mod live_check;
mod logs;
mod man;
mod origin;
mod schema;
mod stories;
mod story;
mod vendor;

use clap::{ArgMatches, Command};

use crate::fault::Fault;
use crate::report::Report;

/// A verb of the command line.
pub(crate) struct Verb {
    /// How it is typed.
    pub(crate) name: &'static str,
    /// What may be typed behind it.
    pub(crate) args: fn() -> Command,
    /// What was typed, resolved and done.
    pub(crate) run: fn(&ArgMatches) -> Result<Report, Fault>,
}

/// Makes the table of verbs: each is its module's name.
macro_rules! verbs {
    ($($name:literal $module:ident)*) => {
        &[$(Verb {
            name: $name,
            args: || $module::args($name),
            run: |matches| $module::run($module::Plan::resolve(matches)?),
        }),*]
    };
}

/// Every verb, in the order of `--help`.
pub(crate) const VERBS: &[Verb] = verbs! {
    "init" init
    "check" check
    "coverage" coverage
    "catalog" catalog
    "schema" schema
    "diff" diff
    "story" story
    "stories" stories
    "links" links
    "index" index
    "live-check" live_check
    "bundle" bundle
    "vendor" vendor
    "completions" completions
    "man" man
};
