//! A test run, measured.
//!
//! In: packages, and the folder that the run recorded in. Out: [`Coverage`] of
//! every vocabulary that these packages use, each over all of them, as one.

use std::path::{Path, PathBuf};

use super::measure::measure;
use super::programs::Programs;
use super::recordings::Recordings;
use super::{Coverage, Sites};
use crate::check::{Survey, survey};
use crate::exit::Exit;
use crate::fault::Fault;
use crate::sources::{Package, Workspace};

/// Measures every vocabulary that is in use, or only the one in the file `only`.
pub(crate) fn measured(
    workspace: &Workspace,
    packages: &[&Package],
    data: &Path,
    only: Option<&Path>,
) -> Result<Coverage, Fault> {
    let recordings = Recordings::read(data).map_err(|error| Fault::unreadable(data, &error))?;
    let programs = Programs::read(&recordings.programs);
    let mut surveys: Vec<(Survey, PathBuf)> = Vec::new();
    for package in packages {
        let folder = package.folder();
        let folder = folder.strip_prefix(&workspace.root).unwrap_or(folder);
        surveys.push((survey(package, workspace)?, folder.to_owned()));
    }
    let mut all = Coverage::default();
    let mut known: Vec<&Survey> = Vec::new();
    for (first, _) in &surveys {
        let source = &first.known.vocabulary.loaded().source;
        let same = |other: &Survey| other.known.vocabulary.loaded().source == *source;
        let meant = source.is_some() && only.is_none_or(|only| source.as_deref() == Some(only));
        if !meant || known.iter().any(|known| same(known)) {
            continue;
        }
        known.push(first);
        let mut sites = Sites::default();
        let together = surveys.iter().filter(|(survey, _)| same(survey));
        together.for_each(|(survey, folder)| sites.add(survey, folder));
        let taxonomy = first.known.vocabulary.taxonomy();
        all.add(measure(taxonomy, &sites, &recordings, &programs));
    }
    if known.is_empty() {
        return Err(Fault::new(Exit::NotFound, "none of these packages has a vocabulary")
            .help("start one with `cargo narration init`, or name other packages with --package"));
    }
    Ok(all)
}
