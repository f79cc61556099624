//! How places and paths are shown.
//!
//! In: a file's number or a place. Out: `narration.toml:12:3`, relative to
//! what a developer has open: the workspace, else the crate.

use std::path::{Component, Path, PathBuf};

use super::Loaded;
use crate::model::Place;
use crate::problem::Problem;

/// What stands in no file.
const NOWHERE: &str = "built-in";

impl Loaded {
    /// The path of a file of [`Taxonomy::files`](crate::Taxonomy::files), for a message.
    #[must_use]
    pub fn display_path(&self, file: usize) -> String {
        let path = self.taxonomy.files.get(file);
        path.map_or_else(|| NOWHERE.to_owned(), |path| self.display(path))
    }

    /// A place for a message: path, line and column.
    #[must_use]
    pub fn show(&self, place: Place) -> String {
        if place.line == 0 {
            return NOWHERE.to_owned();
        }
        format!("{}:{}:{}", self.display_path(place.file), place.line, place.column)
    }

    /// The problems that stop a build.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.is_error())
    }

    pub(super) fn display(&self, path: &Path) -> String {
        let path = flat(path);
        if let Ok(inside) = path.strip_prefix(flat(&self.root)) {
            return slashed(inside);
        }
        // Above a crate without a workspace, but still in its repository.
        let Ok(inside) = path.strip_prefix(flat(&self.boundary)) else {
            return path.display().to_string();
        };
        let up = flat(&self.root).strip_prefix(flat(&self.boundary)).map_or(0, components);
        let shared = self.shared(&path, up);
        "../".repeat(up - shared) + &slashed(&inside.components().skip(shared).collect::<PathBuf>())
    }

    /// How many folders below the boundary lead to the path as well as to the root.
    fn shared(&self, path: &Path, up: usize) -> usize {
        let below = components(&flat(&self.boundary));
        let root = flat(&self.root);
        let pairs = root.components().zip(path.components()).skip(below);
        pairs.take_while(|(a, b)| a == b).count().min(up)
    }
}

fn components(path: &Path) -> usize {
    path.components().count()
}

/// The path without `.` and without a way up that follows a way down.
fn flat(path: &Path) -> PathBuf {
    let mut flat = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(flat.components().next_back(), Some(Component::Normal(_))) =>
            {
                flat.pop();
            }
            other => flat.push(other),
        }
    }
    flat
}

/// The same text on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> =
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}
