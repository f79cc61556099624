//! The workspace and the repository around a crate.
//!
//! In: the crate's folder. Out: the workspace root's manifest, and the folder
//! beyond which nothing governs the crate.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::files::{Files, Stamp};

/// What lies around a crate.
pub(crate) struct Surroundings {
    /// The folder of the workspace the crate belongs to, and its manifest's text.
    pub(crate) workspace: Option<(PathBuf, String)>,
    /// The outermost folder whose files may govern the crate.
    pub(crate) boundary: PathBuf,
}

/// Looks around the crate in `manifest_dir`.
pub(crate) fn surroundings(manifest_dir: &Path, files: &mut Files) -> Surroundings {
    if let Some((root, text)) = workspace(manifest_dir, files) {
        return Surroundings { boundary: root.clone(), workspace: Some((root, text)) };
    }
    let is_repository = |folder: &&Path| files.note(&folder.join(".git")) != Stamp::Absent;
    let repository = manifest_dir.ancestors().find(is_repository);
    Surroundings { workspace: None, boundary: repository.unwrap_or(manifest_dir).to_owned() }
}

fn workspace(manifest_dir: &Path, files: &mut Files) -> Option<(PathBuf, String)> {
    for folder in manifest_dir.ancestors() {
        let Ok(text) = files.read(&folder.join("Cargo.toml")) else { continue };
        // Most manifests on the way need no parsing.
        if !text.contains("workspace") {
            continue;
        }
        let (root, _) = DeTable::parse_recoverable(&text);
        let workspace =
            root.get_ref().get("workspace").and_then(|value| value.get_ref().as_table());
        if let Some(workspace) = workspace {
            let is_member = folder == manifest_dir || !excludes(workspace, folder, manifest_dir);
            return is_member.then(|| (folder.to_owned(), text.clone()));
        }
    }
    None
}

fn excludes(workspace: &DeTable<'_>, root: &Path, manifest_dir: &Path) -> bool {
    let excluded = workspace.get("exclude").and_then(|value| value.get_ref().as_array());
    excluded.is_some_and(|excluded| {
        let paths = excluded.iter().filter_map(|item| match item.get_ref() {
            DeValue::String(path) => Some(root.join(path.as_ref())),
            _ => None,
        });
        paths.into_iter().any(|path| manifest_dir.starts_with(path))
    })
}
