//! The workspace as cargo and the file system see it.
//!
//! In: nothing. Out: its packages, with features, targets and dependencies,
//! and the files that people wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::{Failure, Telling};
use crate::program;

/// The workspace.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
}

/// One package, as `cargo metadata` has it.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) features: BTreeMap<String, Vec<String>>,
    pub(crate) targets: Vec<Target>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) manifest_path: PathBuf,
}

/// Something a package builds.
#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

/// A dependency of a package.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `dev`, `build`, or nothing for an ordinary one.
    pub(crate) kind: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Workspace {
    /// The workspace this package belongs to.
    pub(crate) fn find() -> Result<Self, Failure> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().ok_or_else(|| Failure::new("xtask stands in no workspace"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// Where cargo builds; `CARGO_TARGET_DIR` counts as it does for cargo.
    pub(crate) fn target(&self) -> PathBuf {
        let given = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = given.unwrap_or_else(|| self.root.join("target"));
        std::path::absolute(&target).unwrap_or(target)
    }

    /// The packages of the workspace.
    pub(crate) fn packages(&self) -> Result<Vec<Package>, Failure> {
        let mut metadata = program::cargo(self);
        metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
        let text = program::output(&mut metadata)?;
        let metadata: Metadata = serde_json::from_str(&text)
            .told(|| "cannot read what cargo metadata says".to_owned())?;
        Ok(metadata.packages)
    }

    /// Every file that people wrote whose name ends in one of `endings`,
    /// relative to the root and in order; build output and hidden folders apart.
    pub(crate) fn files(&self, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        self.collect(Path::new(""), endings, &mut found)?;
        found.sort();
        Ok(found)
    }

    /// The text of a file, by its path from the root.
    pub(crate) fn read(&self, file: &Path) -> Result<String, Failure> {
        fs::read_to_string(self.root.join(file)).told(|| format!("cannot read {}", file.display()))
    }

    fn collect(
        &self,
        folder: &Path,
        endings: &[&str],
        found: &mut Vec<PathBuf>,
    ) -> Result<(), Failure> {
        let shown = || format!("cannot list {}", self.root.join(folder).display());
        for entry in fs::read_dir(self.root.join(folder)).told(shown)? {
            let entry = entry.told(shown)?;
            let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
            let name = name.to_string_lossy();
            if entry.file_type().told(shown)?.is_dir() {
                if !is_built(&self.root.join(&path), &name) {
                    self.collect(&path, endings, found)?;
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
        Ok(())
    }
}

/// Whether a folder holds what tools made. Cargo marks its target folders, wherever they are.
fn is_built(folder: &Path, name: &str) -> bool {
    (name.starts_with('.') && name != ".ci")
        || name == "target"
        || folder.join("CACHEDIR.TAG").exists()
}

impl Package {
    /// Whether it is a library that others may depend on.
    pub(crate) fn is_library(&self) -> bool {
        self.targets
            .iter()
            .any(|target| target.kind.iter().any(|kind| kind == "lib" || kind == "proc-macro"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_package_is_found_with_its_files() {
        let workspace = Workspace::find().unwrap();
        let names: Vec<_> =
            workspace.packages().unwrap().into_iter().map(|package| package.name).collect();
        assert!(names.iter().any(|name| name == "xtask"), "{names:?}");
        let files = workspace.files(&[".rs"]).unwrap();
        assert!(files.contains(&PathBuf::from("xtask/src/workspace.rs")));
        assert!(!files.iter().any(|file| file.starts_with("target")));
    }
}
