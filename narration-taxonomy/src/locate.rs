//! Which vocabulary governs a crate.
//!
//! In: the crate's folder, the value of `NARRATION_TAXONOMY`, what the crate's
//! manifest names. Out: the file, and every path that was tried. Asks only the
//! file system: no subprocess, no network, no current directory.
//!
//! A published package is governed by the snapshot it carries, whatever lies
//! around it: its words are its author's. For all others, the first of these
//! that there is:
//!
//! 1. the environment variable, relative to the manifest's folder; empty
//!    counts as unset;
//! 2. `[package.metadata.narration] taxonomy`, relative to the manifest;
//! 3. the nearest `narration.toml` from the manifest's folder upwards, up to
//!    and including the workspace root.
//!
//! A file that is named is the answer whether it exists or not: what is
//! written must not silently give way to something else.
//!
//! The workspace root is the first folder upwards whose `Cargo.toml` has a
//! `[workspace]` that does not exclude the crate, as Cargo has it. A crate
//! without one is looked for up to the folder that holds `.git`, and without
//! that only in its own folder: beyond it begins what belongs to others, and
//! a file in a shared temporary or home folder must not govern a build.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::Placed;

/// The name of a vocabulary's file.
pub const FILE_NAME: &str = "narration.toml";

/// The file in which a published package carries its part of a vocabulary.
pub const SNAPSHOT: &str = "narration.snapshot.toml";

/// What lies beside the manifest of a package that cargo has packed, and only there.
const PACKED: &str = "Cargo.toml.orig";

/// The environment variable that names a vocabulary.
pub const ENV: &str = "NARRATION_TAXONOMY";

/// What the search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// The governing file; it may be missing where it was named.
    pub path: Option<PathBuf>,
    /// What made it the governing one.
    pub origin: Option<Origin>,
    /// Every path tried, in order, the answer included.
    pub tried: Vec<PathBuf>,
}

/// What made a file the governing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `NARRATION_TAXONOMY` names it.
    Environment,
    /// The crate's manifest names it.
    Manifest,
    /// It is the nearest `narration.toml`.
    Nearest,
    /// It is the snapshot of a published package.
    Snapshot,
}

/// Finds the vocabulary of the crate in `manifest_dir`. `boundary` is the
/// folder where the search upwards ends: the workspace root, else the
/// repository's, else the crate's own.
#[must_use]
pub fn locate(
    manifest_dir: &Path,
    env: Option<&OsStr>,
    named: Option<&Placed<String>>,
    boundary: &Path,
) -> Located {
    let snapshot = manifest_dir.join(SNAPSHOT);
    if is_there(&snapshot) && is_there(&manifest_dir.join(PACKED)) {
        return by_name(snapshot, Origin::Snapshot);
    }
    if let Some(value) = env.filter(|value| !value.is_empty()) {
        return by_name(manifest_dir.join(value), Origin::Environment);
    }
    if let Some(named) = named {
        return by_name(manifest_dir.join(&named.value), Origin::Manifest);
    }
    let mut tried = Vec::new();
    for folder in manifest_dir.ancestors() {
        let candidate = folder.join(FILE_NAME);
        tried.push(candidate.clone());
        if is_there(&candidate) {
            return Located { path: Some(candidate), origin: Some(Origin::Nearest), tried };
        }
        if folder == boundary {
            break;
        }
    }
    Located { path: None, origin: None, tried }
}

fn by_name(path: PathBuf, origin: Origin) -> Located {
    Located { path: Some(path.clone()), origin: Some(origin), tried: vec![path] }
}

/// A file that cannot be looked at is there: reading it tells why it cannot
/// be, where going on upwards would find another vocabulary.
fn is_there(candidate: &Path) -> bool {
    match fs::metadata(candidate) {
        Ok(metadata) => !metadata.is_dir(),
        Err(error) => error.kind() == ErrorKind::PermissionDenied,
    }
}
