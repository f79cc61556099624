//! The one way in: everything a crate's vocabulary comes to.
//!
//! In: a crate's folder and the value of `NARRATION_TAXONOMY`. Out: the
//! vocabulary that governs it, joined with what it extends and checked, what
//! the crate's manifest says, and every problem in any of the files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::check;
use crate::files::{Files, Stamp};
use crate::findings::Findings;
use crate::locate::{Located, Origin, locate};
use crate::manifest::{self, Manifest};
use crate::merge::merge;
use crate::model::{Place, Taxonomy};
use crate::problem::Problem;
use crate::rules;
use crate::source::Source;
use crate::surroundings::{Surroundings, surroundings};

mod layers;
mod paths;

/// Everything a crate's vocabulary comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The vocabulary; empty where there is none.
    pub taxonomy: Taxonomy,
    /// Every problem of every file, by place.
    pub problems: Vec<Problem>,
    /// What the crate's manifest says.
    pub manifest: Manifest,
    /// The governing file, if it is there.
    pub source: Option<PathBuf>,
    /// Every path where the governing file was looked for, in order.
    pub tried: Vec<PathBuf>,
    /// The files whose change changes the answer.
    pub tracked: Vec<PathBuf>,
    /// The paths where a file, once it is there, changes the answer.
    pub absent: Vec<PathBuf>,
    /// What paths are shown relative to: the workspace root, else the crate's folder.
    root: PathBuf,
    /// The outermost folder that is shown relative to it.
    boundary: PathBuf,
}

/// Loads the vocabulary of the crate in `manifest_dir`. `env` is the value of
/// `NARRATION_TAXONOMY`. Never fails: what is wrong is in
/// [`problems`](Loaded::problems).
#[must_use]
pub fn load(manifest_dir: &Path, env: Option<&OsStr>) -> Loaded {
    load_stamped(manifest_dir, env).0
}

/// The same, with a stamp of everything the answer depends on.
pub(crate) fn load_stamped(
    manifest_dir: &Path,
    env: Option<&OsStr>,
) -> (Loaded, Vec<(PathBuf, Stamp)>) {
    let mut loader = Loader::default();
    let around = surroundings(manifest_dir, &mut loader.files);
    let mut loaded = Loaded {
        root: around.workspace.as_ref().map_or(manifest_dir, |(root, _)| root).to_owned(),
        boundary: around.boundary.clone(),
        ..Loaded::default()
    };
    let manifest = loader.files.read(&manifest_dir.join("Cargo.toml")).ok();
    let located = loader.locate(manifest_dir, env, manifest.as_deref(), &around, &mut loaded);
    loaded.tried.clone_from(&located.tried);
    match &located.path {
        Some(path) => loader.vocabulary(path, &located, &mut loaded),
        None => loader.none_found(&located, &mut loaded),
    }
    loaded.problems = loader.findings.into_sorted();
    let stamps = loader.files.into_stamps();
    let paths = |wanted: fn(&Stamp) -> bool| {
        stamps.iter().filter(move |(_, stamp)| wanted(stamp)).map(|(path, _)| path.clone())
    };
    loaded.tracked = paths(|stamp| matches!(stamp, Stamp::File { .. })).collect();
    loaded.absent = paths(|stamp| *stamp == Stamp::Absent).collect();
    (loaded, stamps)
}

/// What is gathered on the way.
#[derive(Default)]
struct Loader {
    files: Files,
    findings: Findings,
    /// See [`Taxonomy::files`].
    paths: Vec<PathBuf>,
    layers: layers::Layers,
}

impl Loader {
    /// Reads the manifest and finds the governing file, which takes the number
    /// 0 and leaves 1 to the manifest; alone, the manifest has 0.
    fn locate(
        &mut self,
        manifest_dir: &Path,
        env: Option<&OsStr>,
        manifest: Option<&str>,
        around: &Surroundings,
        loaded: &mut Loaded,
    ) -> Located {
        let workspace = around.workspace.as_ref().map(|(_, text)| text.as_str());
        let read = |file, findings: &mut Findings| {
            let source = manifest.map(|text| Source::new(file, text));
            source.map(|source| manifest::read(&source, workspace, findings)).unwrap_or_default()
        };
        let mut findings = Findings::default();
        let told = read(1, &mut findings);
        let located = locate(manifest_dir, env, told.taxonomy.as_ref(), &around.boundary);
        for path in &located.tried {
            self.files.note(path);
        }
        self.paths.extend(located.path.clone());
        if manifest.is_some() {
            self.paths.push(manifest_dir.join("Cargo.toml"));
        }
        if located.path.is_some() {
            (loaded.manifest, self.findings) = (told, findings);
        } else {
            loaded.manifest = read(0, &mut self.findings);
        }
        located
    }

    fn none_found(&mut self, located: &Located, loaded: &mut Loaded) {
        loaded.taxonomy.files = std::mem::take(&mut self.paths);
        let tried: Vec<_> = located.tried.iter().map(|path| loaded.display(path)).collect();
        let message = format!("no vocabulary found; tried {}", tried.join(", "));
        let place = Place { file: 0, line: 1, column: 1 };
        self.findings.add(&rules::NO_VOCABULARY, place, message);
    }

    fn vocabulary(&mut self, path: &Path, located: &Located, loaded: &mut Loaded) {
        let text = match self.files.read(path) {
            Ok(text) => text,
            Err(fault) => {
                loaded.source = (self.files.note(path) != Stamp::Absent).then(|| path.to_owned());
                let named = match located.origin {
                    Some(Origin::Environment) => ", named by NARRATION_TAXONOMY,",
                    Some(Origin::Manifest) => ", named by the crate's manifest,",
                    _ => "",
                };
                let message = format!("{}{named} cannot be read: {fault}", loaded.display(path));
                let place = layers::unreadable_place(&fault, located, &loaded.manifest);
                self.findings.add(&rules::UNREADABLE, place, message);
                loaded.taxonomy.files = std::mem::take(&mut self.paths);
                return;
            }
        };
        loaded.source = Some(path.to_owned());
        let head = self.layer(0, path, &text);
        let layers = std::mem::take(&mut self.layers);
        loaded.taxonomy = merge(layers.merged, &mut self.findings);
        loaded.taxonomy.files = std::mem::take(&mut self.paths);
        if layers.is_sound {
            check::check(&loaded.taxonomy, head, &layers.sources, &mut self.findings);
        }
    }
}

#[cfg(test)]
mod tests;
