//! The call sites of the sources, under ids that do not move with their lines.
//!
//! In: packages, looked through. Out: one call site for each action a place may
//! tell: a `narrate!` tells one, a `#[narrated]` fn its start and its named
//! outcomes. What only tests are built with is no call site: nobody covers a
//! test with a test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use narration_taxonomy::Taxonomy;

use super::enclosing::Enclosing;
use crate::check::{Site, Survey};

/// A place in the sources that tells one action.
#[derive(Clone, Debug)]
pub(crate) struct CallSite {
    /// Package, file, fn, actor and action; a number where these are the same.
    pub(crate) id: String,
    /// Relative to the workspace.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: u64,
    pub(crate) actor: String,
    pub(crate) action: String,
}

/// All call sites.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sites {
    /// Those of what packages deliver, in the order of their files.
    pub(crate) delivered: Vec<CallSite>,
    /// Those that only tests are built with, and outcomes that cannot be.
    aside: Vec<CallSite>,
    /// Actors and actions that the runtime tells by names it is given: without a site.
    pub(crate) named: BTreeSet<(String, String)>,
    /// The folders of the packages, relative to the workspace.
    folders: Vec<PathBuf>,
}

impl Sites {
    /// Counts in a package.
    pub(crate) fn add(&mut self, survey: &Survey, folder: &Path) {
        let taxonomy = survey.known.vocabulary.taxonomy();
        let told = |site: &&Site| !site.aside && can_be_told(site, &survey.sites, taxonomy);
        let (delivered, aside): (Vec<&Site>, Vec<&Site>) = survey.sites.iter().partition(told);
        self.delivered.extend(call_sites(survey, &delivered));
        self.aside.extend(call_sites(survey, &aside));
        self.named.extend(survey.named.iter().cloned());
        self.folders.push(folder.to_owned());
    }

    /// Whether a place that ran ought to be among these, and is not.
    pub(crate) fn miss(&self, file: &str, line: u64) -> bool {
        let all = self.delivered.iter().chain(&self.aside);
        let stands = all.into_iter().any(|site| site.line == line && site.file == file);
        // Rustc names what is not of this workspace by a whole path.
        let path = Path::new(file);
        let here = self.folders.iter().any(|folder| path.starts_with(folder));
        here && path.is_relative() && !stands
    }
}

/// Gives each its id.
fn call_sites(survey: &Survey, sites: &[&Site]) -> Vec<CallSite> {
    let mut files: BTreeMap<String, Enclosing> = BTreeMap::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let call_site = |site: &Site| {
        let text = &site.spot.text;
        let enclosing = files.entry(text.shown.clone());
        let enclosing = enclosing.or_insert_with(|| Enclosing::of(&text.content));
        let around = enclosing.at(site.spot.range.start);
        let (package, file) = (&survey.package, &text.shown);
        let id = format!("{package} {file} {around} {}.{}", site.actor, site.action);
        let count = ids.entry(id.clone()).and_modify(|count| *count += 1).or_insert(1);
        CallSite {
            id: if *count > 1 { format!("{id} #{count}") } else { id },
            file: file.clone(),
            line: site.spot.start().line as u64,
            actor: site.actor.clone(),
            action: site.action.clone(),
        }
    };
    sites.iter().copied().map(call_site).collect()
}

/// Whether the fn can end that way: one that is not async is never cancelled,
/// one that returns nothing never fails.
fn can_be_told(site: &Site, all: &[Site], taxonomy: &Taxonomy) -> bool {
    let here = all.iter().filter(|other| other.spot.range == site.spot.range);
    let here = here.filter(|other| other.spot.text.path == site.spot.text.path);
    let mut starts = here.filter_map(|start| taxonomy.actor(&start.actor)?.action(&start.action));
    let signature = signature(site);
    !starts.any(|start| {
        let is = |outcome: &Option<narration_taxonomy::Placed<String>>| {
            outcome.as_ref().is_some_and(|outcome| outcome.value == site.action)
        };
        let waits = signature.contains("async") || signature.contains("Future");
        (is(&start.cancelled) && !waits) || (is(&start.failed) && !signature.contains("->"))
    })
}

/// From an attribute to the body of its fn.
fn signature(site: &Site) -> &str {
    let behind = site.spot.text.content.get(site.spot.range.end..).unwrap_or_default();
    behind.split(['{', ';']).next().unwrap_or_default()
}
