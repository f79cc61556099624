//! One package, looked through once.
//!
//! In: a package. Out: its vocabulary, every place that narrates, every
//! leftover, and what is wrong with any of them.

use std::collections::BTreeSet;
use std::rc::Rc;

use narration_syntax::scan::{Found, FoundCall, NoSource};

use super::calls::{self, Checked};
use super::exceptions::Exceptions;
use super::leftovers;
use crate::fault::Fault;
use crate::findings::Finding;
use crate::rules;
use crate::sources::{Package, SourceFile, Spot, Workspace, files};
use crate::vocabularies::{self, Known};

/// Everything of interest in a package.
pub(crate) struct Survey {
    /// The package's name.
    pub(crate) package: String,
    /// Its vocabulary.
    pub(crate) known: Known,
    /// Every place that narrates, once per action it tells.
    pub(crate) sites: Vec<Site>,
    /// Actors and actions that the runtime tells by these names, which have no site of their own.
    pub(crate) named: BTreeSet<(String, String)>,
    /// Fields that scopes hand down to whatever is narrated inside.
    pub(crate) handed_down: BTreeSet<String>,
    /// What is wrong with calls and sources.
    pub(crate) findings: Vec<Finding>,
    /// What the manifest leaves alone.
    pub(crate) exceptions: Exceptions,
    /// How many files were read.
    pub(crate) files: usize,
    /// How many calls and attributes were looked at.
    pub(crate) calls: usize,
}

/// A place that narrates.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The actor.
    pub(crate) actor: String,
    /// The action.
    pub(crate) action: String,
    /// The fields it gives.
    pub(crate) fields: Vec<String>,
    /// Where.
    pub(crate) spot: Spot,
    /// Whether only tests, examples or benches are built with it.
    pub(crate) aside: bool,
}

/// Looks through a package. One that neither has a vocabulary nor knows the
/// runtime is left alone.
pub(crate) fn survey(package: &Package, workspace: &Workspace) -> Result<Survey, Fault> {
    let known = vocabularies::of_folder(package.folder());
    let exceptions = Exceptions::of(&known);
    let mut survey = Survey {
        package: package.name.clone(),
        known,
        sites: Vec::new(),
        named: BTreeSet::new(),
        handed_down: BTreeSet::new(),
        findings: Vec::new(),
        exceptions,
        files: 0,
        calls: 0,
    };
    let has_vocabulary = survey.known.vocabulary.loaded().source.is_some();
    if has_vocabulary || package.depends_on("narration-runtime") {
        let files = files(package, &workspace.root)?;
        survey.files = files.len();
        let own = leftovers::own_macros(&files);
        for file in &files {
            survey.file(file);
            if has_vocabulary && !file.aside && !file.generated {
                let found = leftovers::findings(file, package, &own);
                let kept = found
                    .into_iter()
                    .filter(|finding| !survey.exceptions.allow_macro(package.folder(), finding));
                survey.findings.extend(kept.map(|leftover| leftover.finding));
            }
        }
    }
    Ok(survey)
}

impl Survey {
    fn file(&mut self, file: &SourceFile) {
        match &file.found {
            Ok(found) => found.iter().for_each(|call| self.call(file, call)),
            Err(fault) => self.findings.push(no_source(file, fault)),
        }
    }

    fn call(&mut self, file: &SourceFile, found: &FoundCall) {
        if let Found::Named { actor, action, outcomes } = &found.call
            && !file.aside
            && !found.testing
        {
            self.name(actor, action, *outcomes);
        }
        if !matches!(found.call, Found::Call(_) | Found::Scope(_) | Found::Attribute { .. }) {
            return;
        }
        self.calls += 1;
        let Checked { sites, handed_down, findings } =
            calls::check(file, found, &self.known.vocabulary);
        self.sites.extend(sites);
        self.handed_down.extend(handed_down);
        self.findings.extend(findings);
    }
}

impl Survey {
    /// Notes what the runtime tells under a name, and how that ends.
    fn name(&mut self, actor: &str, action: &str, outcomes: bool) {
        let declared = self.known.vocabulary.actor(actor).and_then(|actor| actor.action(action));
        let ends = declared.map(|it| [&it.ok, &it.failed, &it.cancelled]).filter(|_| outcomes);
        let ends = ends.into_iter().flatten().flatten().map(|end| end.value.clone());
        let all: Vec<String> = ends.chain([action.to_owned()]).collect();
        self.named.extend(all.into_iter().map(|action| (actor.to_owned(), action)));
    }
}

fn no_source(file: &SourceFile, fault: &NoSource) -> Finding {
    let range = file.text.word_at(fault.line, 1);
    let spot = Spot { text: Rc::clone(&file.text), range };
    Finding::new(&rules::NO_SOURCE, Some(spot), format!("{} {fault}", file.text.shown))
}
