//! What goes into a bundle.
//!
//! In: a vocabulary, a workspace, files that were named. Out: parts, the same
//! from the same input: nothing in them tells the time or the machine.

use std::fs;
use std::path::Path;

use ignore::WalkBuilder;
use serde_json::json;

use super::sums::{SUMS, slashed};
use crate::catalog::{Catalog, html, markdown};
use crate::check::Outcome;
use crate::fault::Fault;
use crate::findings::json as findings;
use crate::json_text;
use crate::schema::record;
use crate::sources::Workspace;
use crate::vocabularies::Known;

/// A file of a bundle.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where it lies in the bundle, with `/`.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

impl Part {
    pub(super) fn text(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }

    pub(crate) fn json(path: &str, data: &impl serde::Serialize) -> Self {
        // Our own types have string keys alone; there is nothing to fail.
        Self::text(path, json_text::pretty(data) + "\n")
    }

    /// A file, or every file below a folder, under `below`.
    pub(crate) fn named(path: &Path, below: &str) -> Result<Vec<Self>, Fault> {
        let root = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        if !path.exists() {
            return Err(Fault::unreadable(path, &"there is no such file or folder"));
        }
        let mut walk = WalkBuilder::new(path);
        walk.standard_filters(false).sort_by_file_path(Path::cmp);
        let mut parts = Vec::new();
        for entry in walk.build() {
            let entry = entry.map_err(|error| Fault::unreadable(path, &error))?;
            if entry.path().is_file() {
                parts.push(Self::file(entry.path(), root, below)?);
            }
        }
        Ok(parts)
    }

    fn file(path: &Path, root: &Path, below: &str) -> Result<Self, Fault> {
        let bytes = fs::read(path).map_err(|error| Fault::unreadable(path, &error))?;
        let inside = path.strip_prefix(root).unwrap_or(path);
        Ok(Self { path: format!("{below}/{}", slashed(inside)), bytes })
    }
}

/// The vocabulary itself, its catalogue and its schema.
pub(crate) fn of_vocabulary(known: &Known, catalog: &Catalog) -> Result<Vec<Part>, Fault> {
    let mut parts = vec![
        Part::text("catalog.md", markdown(catalog)),
        Part::text("catalog.html", html(catalog)),
        Part::json("record.schema.json", &record(&known.vocabulary)),
    ];
    let loaded = known.vocabulary.loaded();
    for (file, path) in loaded.taxonomy.files.iter().enumerate() {
        // The manifest is no part of the vocabulary.
        if path.file_name().is_some_and(|name| name == "Cargo.toml") {
            continue;
        }
        let bytes = fs::read(path).map_err(|error| Fault::unreadable(path, &error))?;
        let shown = loaded.display_path(file).replace("../", "");
        let shown = shown.trim_start_matches('/').replace(':', "");
        parts.push(Part { path: format!("vocabulary/{shown}"), bytes });
    }
    Ok(parts)
}

/// What a check of the workspace came to, and the story snapshots that its
/// tests compare with.
pub(crate) fn of_workspace(workspace: &Workspace, outcome: &Outcome) -> Result<Vec<Part>, Fault> {
    let check = json!({
        "check": findings(&outcome.findings),
        "exposed": outcome.exposed,
        "scope": outcome.scope,
    });
    let mut parts = vec![Part::json("check.json", &check)];
    let mut walk = WalkBuilder::new(&workspace.root);
    // Another bundle has stories of its own.
    let is_source = |path: &Path| !path.ends_with("target") && !path.join(SUMS).is_file();
    walk.sort_by_file_path(Path::cmp).filter_entry(move |entry| is_source(entry.path()));
    for entry in walk.build().flatten() {
        let is_story = entry.path().extension().is_some_and(|ending| ending == "story");
        if is_story && entry.path().is_file() {
            parts.push(Part::file(entry.path(), &workspace.root, "stories")?);
        }
    }
    Ok(parts)
}
