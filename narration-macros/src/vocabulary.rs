//! Which vocabulary governs the crate that is being compiled.
//!
//! In: the environment cargo gives a compiler process. Out: the vocabulary,
//! parsed once and parsed again when one of its files has changed.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use narration_syntax::Vocabulary;
use narration_taxonomy::{Cache, Loaded};

/// Names the vocabulary's file, before all else.
pub(crate) const OVERRIDE: &str = "NARRATION_TAXONOMY";

// A compiler process serves one crate, rust-analyzer's serves many: the key is the manifest's folder.
static CACHE: Cache = Cache::new();

// What floor 2 adds to a loaded vocabulary is worked out once, too.
static GOVERNING: Mutex<Vec<Arc<Governing>>> = Mutex::new(Vec::new());

/// How many crates' vocabularies are kept.
const KEPT: usize = 64;

/// The vocabulary and what an expansion says about the crate around it.
pub(crate) struct Governing {
    /// What calls are checked against.
    pub(crate) vocabulary: Vocabulary,
    /// Files whose change must rebuild the crate.
    pub(crate) tracked: Vec<PathBuf>,
    /// `package@version`.
    pub(crate) emitted_by: String,
}

impl Governing {
    /// Finds the vocabulary of the crate this process is compiling.
    pub(crate) fn find() -> Arc<Self> {
        let package = [variable("CARGO_PKG_NAME"), variable("CARGO_PKG_VERSION")];
        let emitted_by = package.map(|part| part.to_string_lossy().into_owned()).join("@");
        let folder = variable("CARGO_MANIFEST_DIR");
        Self::of(Path::new(&folder), std::env::var_os(OVERRIDE).as_deref(), emitted_by)
    }

    /// Finds the vocabulary of the crate in `folder`, where `named` is the one
    /// the environment names.
    pub(crate) fn of(folder: &Path, named: Option<&OsStr>, emitted_by: String) -> Arc<Self> {
        let loaded = CACHE.load(folder, named);
        let mut kept = GOVERNING.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |known: &&Arc<Self>| {
            Arc::ptr_eq(known.vocabulary.loaded(), &loaded) && known.emitted_by == emitted_by
        };
        if let Some(known) = kept.iter().find(same) {
            return Arc::clone(known);
        }
        let found = Arc::new(Self::new(loaded, emitted_by));
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.push(Arc::clone(&found));
        found
    }

    fn new(loaded: Arc<Loaded>, emitted_by: String) -> Self {
        // Not the workspace's manifest: what is said there rebuilds the crate by cargo's own means.
        let tracked = loaded
            .taxonomy
            .files
            .iter()
            .filter(|file| loaded.tracked.contains(file))
            .cloned()
            .collect();
        Self { tracked, vocabulary: Vocabulary::new(loaded), emitted_by }
    }
}

fn variable(name: &str) -> OsString {
    std::env::var_os(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proc_macro2::TokenStream;

    use super::*;
    use crate::pipeline::narrate;

    /// A crate whose only actor does nothing but `action`.
    fn crate_of(action: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"app\"\n[workspace]\n")
            .unwrap();
        declare(&folder, action);
        folder
    }

    fn declare(folder: &tempfile::TempDir, action: &str) {
        let text =
            format!("[narration]\nversion = 1\n[actors.a.actions.{action}]\nhuman = \"Told\"\n");
        fs::write(folder.path().join("narration.toml"), text).unwrap();
    }

    /// Whether a crate may tell of `action`.
    fn allows(folder: &tempfile::TempDir, action: &str) -> bool {
        let governing = Governing::of(folder.path(), None, "app@1.0.0".to_owned());
        let call: TokenStream = format!("actor = \"a\", action = \"{action}\"").parse().unwrap();
        !narrate(call, &governing).to_string().contains("compile_error")
    }

    #[test]
    fn one_process_serves_crates_with_different_vocabularies() {
        let (one, other) = (crate_of("start"), crate_of("halt"));
        for _ in 0..2 {
            assert!(allows(&one, "start") && !allows(&one, "halt"));
            assert!(allows(&other, "halt") && !allows(&other, "start"));
        }
        declare(&one, "finish");
        assert!(allows(&one, "finish") && !allows(&one, "start"));
        assert!(allows(&other, "halt"));
        fs::remove_file(one.path().join("narration.toml")).unwrap();
        assert!(!allows(&one, "finish"));
        assert!(allows(&other, "halt"));
    }

    #[test]
    fn what_did_not_change_is_worked_out_once() {
        let folder = crate_of("start");
        let found = || Governing::of(folder.path(), None, "app@1.0.0".to_owned());
        assert!(Arc::ptr_eq(&found(), &found()));
        assert!(!Arc::ptr_eq(
            &found(),
            &Governing::of(folder.path(), None, "app@2.0.0".to_owned())
        ));
    }
}
