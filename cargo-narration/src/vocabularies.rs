//! Which vocabulary a command is about.
//!
//! In: `--vocabulary`, or where one stands. Out: loaded vocabularies with their
//! texts, so that a place can be shown. What is wrong with one is in it; that
//! there is none is a fault.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use clap::{Arg, ArgMatches, value_parser};
use narration_syntax::Vocabulary;
use narration_taxonomy::{Place, Problem, load, rules};

use crate::args::options;
use crate::exit::Exit;
use crate::fault::Fault;
use crate::findings::Finding;
use crate::sources::{Spot, Text, Workspace};

/// A vocabulary and the texts of its files.
pub(crate) struct Known {
    /// The vocabulary.
    pub(crate) vocabulary: Vocabulary,
    texts: Vec<Option<Rc<Text>>>,
}

/// `--vocabulary`.
pub(crate) fn arg() -> Arg {
    Arg::new("vocabulary")
        .long("vocabulary")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("The vocabulary; without it, the one that governs the folder one stands in")
}

/// The one vocabulary a command is about.
pub(crate) fn one(matches: &ArgMatches) -> Result<Known, Fault> {
    let mut all = all(matches)?;
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            let names: Vec<_> = all.iter().chain(&last).map(Known::shown).collect();
            Err(Fault::usage(format!("{} vocabularies are in use here", names.len()))
                .help(format!("name one with --vocabulary: {}", names.join(", "))))
        }
    }
}

/// The vocabulary that is named; else the one that governs the folder, where there is one.
pub(crate) fn optional(matches: &ArgMatches) -> Result<Option<Known>, Fault> {
    if let Some(path) = options::paths_of(matches, "vocabulary").first() {
        return file(path).map(Some);
    }
    let here = std::env::current_dir().map(|here| of_folder(&here)).ok();
    Ok(here.filter(|known| known.vocabulary.loaded().source.is_some()))
}

/// Every vocabulary named; else the one that governs the folder; else all that
/// are in use in the workspace.
pub(crate) fn all(matches: &ArgMatches) -> Result<Vec<Known>, Fault> {
    let named = options::paths_of(matches, "vocabulary");
    if !named.is_empty() {
        return named.iter().map(|path| file(path)).collect();
    }
    let here =
        std::env::current_dir().map_err(|error| Fault::unreadable(Path::new("."), &error))?;
    let own = here.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
    let folder = own.unwrap_or(&here);
    let loaded = of_folder(folder);
    if loaded.vocabulary.loaded().source.is_some() {
        return Ok(vec![loaded]);
    }
    let members = own.map(|_| members()).transpose()?.unwrap_or_default();
    if members.is_empty() {
        let none = loaded.vocabulary.problems().next();
        let message = none
            .map_or_else(|| "no vocabulary found".to_owned(), |problem| problem.message.clone());
        return Err(Fault::new(Exit::Unreadable, message)
            .help("name one with --vocabulary FILE, or start one with `cargo narration init`"));
    }
    Ok(members)
}

/// The vocabularies of a workspace's packages, each once.
fn members() -> Result<Vec<Known>, Fault> {
    let workspace = Workspace::read(None)?;
    let mut known: Vec<Known> = Vec::new();
    for package in &workspace.packages {
        let loaded = of_folder(package.folder());
        let source = &loaded.vocabulary.loaded().source;
        let is_new = known.iter().all(|known| known.vocabulary.loaded().source != *source);
        if source.is_some() && is_new {
            known.push(loaded);
        }
    }
    Ok(known)
}

/// The vocabulary that governs the crate in a folder.
pub(crate) fn of_folder(folder: &Path) -> Known {
    let named = std::env::var_os(narration_taxonomy::locate::ENV);
    Known::new(Vocabulary::new(Arc::new(load(folder, named.as_deref()))))
}

/// The vocabulary in a file.
pub(crate) fn file(path: &Path) -> Result<Known, Fault> {
    let whole = std::path::absolute(path).map_err(|error| Fault::unreadable(path, &error))?;
    let folder = whole.parent().unwrap_or(Path::new(""));
    let known = Known::new(Vocabulary::new(Arc::new(load(folder, Some(whole.as_os_str())))));
    let unreadable =
        |problem: &&Problem| *problem.rule == rules::UNREADABLE && problem.place.file == 0;
    let is_missing = known.vocabulary.problems().any(|problem| unreadable(&problem));
    if is_missing && !path.exists() {
        return Err(Fault::unreadable(path, &"there is no such file"));
    }
    Ok(known)
}

impl Known {
    fn new(vocabulary: Vocabulary) -> Self {
        let loaded = vocabulary.loaded();
        let read = |(file, path): (usize, &PathBuf)| {
            let content = std::fs::read(path).ok()?;
            let content = String::from_utf8_lossy(&content).into_owned();
            let mut text = Text::new(path, Path::new(""), &content);
            text.shown = loaded.display_path(file);
            Some(Rc::new(text))
        };
        let texts = loaded.taxonomy.files.iter().enumerate().map(read).collect();
        Self { vocabulary, texts }
    }

    /// The governing file, as a developer would write it.
    pub(crate) fn shown(&self) -> String {
        self.vocabulary.loaded().display_path(0)
    }

    /// The same vocabulary, unless something in it is refused.
    pub(crate) fn sound(self) -> Result<Self, Fault> {
        let errors = self.vocabulary.problems().filter(|problem| problem.is_error());
        let lines: Vec<_> = errors
            .map(|problem| {
                format!(
                    "{} {}: {}",
                    problem.rule.code,
                    self.vocabulary.show(problem.place),
                    problem.message
                )
            })
            .collect();
        if lines.is_empty() {
            return Ok(self);
        }
        let message = format!("the vocabulary has faults:\n  {}", lines.join("\n  "));
        Err(Fault::new(Exit::Findings, message)
            .help("`cargo narration check` shows each with its source"))
    }

    /// The place of something declared, in its text.
    pub(crate) fn spot(&self, place: Place) -> Option<Spot> {
        let text = self.texts.get(place.file)?.clone()?;
        if place.line == 0 {
            return None;
        }
        let range = text.word_at(place.line, place.column);
        Some(Spot { text, range })
    }

    /// Everything that is wrong with it or to be warned about.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Finding> {
        self.vocabulary.problems().map(|problem| self.finding(problem))
    }

    fn finding(&self, problem: &Problem) -> Finding {
        let mut finding =
            Finding::new(problem.rule, self.spot(problem.place), problem.message.as_str());
        if let Some(help) = &problem.help {
            finding.help.clone_from(help);
        }
        let related = problem.related.iter();
        finding.related =
            related.filter_map(|(place, note)| Some((self.spot(*place)?, note.clone()))).collect();
        finding
    }
}
