//! What prints or logs where it should narrate.
//!
//! In: a file of what a package delivers. Out: a finding for each `println!`,
//! `dbg!`, `tracing::info!`, `log::warn!` and their kin.

use std::collections::BTreeSet;
use std::rc::Rc;

use narration_syntax::scan::{Found, FoundCall};
use narration_taxonomy::Rule;
use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::findings::{Finding, Fix};
use crate::rules;
use crate::sources::{Package, SourceFile, Spot};

/// A leftover, with the name of its macro.
pub(crate) struct Leftover {
    /// The last word of the macro's path.
    pub(crate) name: String,
    pub(crate) finding: Finding,
}

const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
const LOGGING: [&str; 7] = ["trace", "debug", "info", "warn", "error", "event", "log"];
const LOGGERS: [&str; 3] = ["tracing", "log", "slog"];

/// The macros a package defines itself: an `info!` of its own is no leftover.
pub(crate) fn own_macros(files: &[SourceFile]) -> BTreeSet<String> {
    let found = files.iter().filter_map(|file| file.found.as_ref().ok()).flatten();
    let names = found.filter_map(|found| match &found.call {
        Found::Definition(name) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// The leftovers in a file.
pub(super) fn findings(
    file: &SourceFile,
    package: &Package,
    own: &BTreeSet<String>,
) -> Vec<Leftover> {
    let found = file.found.iter().flatten().filter(|found| !found.testing);
    found.filter_map(|found| leftover(file, found, package, own)).collect()
}

fn leftover(
    file: &SourceFile,
    found: &FoundCall,
    package: &Package,
    own: &BTreeSet<String>,
) -> Option<Leftover> {
    let Found::Macro { path, range, arguments } = &found.call else { return None };
    let rule = rule(path, package, own)?;
    let name = path.rsplit("::").next().unwrap_or(path).to_owned();
    let message = if *rule == rules::PRINTED {
        format!("`{path}!` prints instead of narrating")
    } else {
        format!("`{path}!` logs past the vocabulary")
    };
    let at = |range| Spot { text: Rc::clone(&file.text), range };
    let spot = at(range.start..found.span.byte_range().end.max(range.start));
    let mut finding = Finding::new(rule, Some(spot), message);
    if name == "dbg" {
        finding.fix = without_dbg(at(range.clone()), arguments);
    }
    Some(Leftover { name, finding })
}

/// The rule a macro breaks, by its path as written.
pub(crate) fn rule(path: &str, package: &Package, own: &BTreeSet<String>) -> Option<&'static Rule> {
    let segments: Vec<&str> = path.trim_start_matches("::").split("::").collect();
    match segments.as_slice() {
        [name] if own.contains(*name) => None,
        [name] | ["std", name] if PRINTING.contains(name) => Some(&rules::PRINTED),
        [name] if LOGGING.contains(name) => {
            let has_logger = LOGGERS.iter().any(|logger| package.depends_on(logger));
            has_logger.then_some(&rules::LOGGED)
        }
        [logger, .., name] if LOGGERS.contains(logger) && LOGGING.contains(name) => {
            Some(&rules::LOGGED)
        }
        _ => None,
    }
}

/// `dbg!(x)` is `x`; with several arguments or none it is nothing that simple.
fn without_dbg(spot: Spot, arguments: &TokenStream) -> Option<Fix> {
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let (first, last) = (tokens.first()?, tokens.last()?);
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',' && punct.spacing() == Spacing::Alone);
    if tokens.iter().any(is_comma) {
        return None;
    }
    // What is said beside the tokens would be lost.
    let written = spot.written();
    if written.contains("//") || written.contains("/*") {
        return None;
    }
    let inside = first.span().byte_range().start..last.span().byte_range().end;
    let written = spot.text.content.get(inside)?;
    let replacement = if tokens.len() == 1 { written.to_owned() } else { format!("({written})") };
    Some(Fix { spot, replacement })
}
