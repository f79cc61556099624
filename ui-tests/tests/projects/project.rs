//! A package of a user's, outside this workspace.
//!
//! In: its files. Out: the errors that `cargo check` tells. All packages share
//! one target folder, so that their dependencies are built once.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A vocabulary with one actor, who has one action.
pub(crate) const VOCABULARY: &str = "[narration]\nversion = 1\nname = \"words\"\n\n\
    [fields]\njobs = { type = \"u64\" }\n\n\
    [actors.worker.actions.start]\nfields = [\"jobs?\"]\nhuman = \"Starting\"\n";

/// A program with one narration.
pub(crate) const MAIN: &str =
    "fn main() {\n    narration_runtime::narrate!(actor = \"worker\", action = \"start\");\n}\n";

/// A folder of files.
pub(crate) struct Project {
    folder: PathBuf,
}

impl Project {
    /// An empty folder of this name.
    pub(crate) fn empty(name: &str) -> Self {
        let folder = scratch().join("packages").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        // The versions of this workspace are the ones that can be had offline.
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// A package with the runtime, a vocabulary and one narration.
    pub(crate) fn new(name: &str) -> Self {
        let project = Self::empty(name);
        project.file("Cargo.toml", &(manifest(name) + "[workspace]\n"));
        project.file("narration.toml", VOCABULARY);
        project.file("src/main.rs", MAIN);
        project
    }

    /// Writes a file.
    pub(crate) fn file(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Takes a file away.
    pub(crate) fn without(&self, path: &str) -> &Self {
        fs::remove_file(self.folder.join(path)).unwrap();
        self
    }

    /// The errors and warnings of a check, each as its whole message.
    pub(crate) fn check(&self) -> Vec<String> {
        self.check_with("")
    }

    /// The same, with `NARRATION_TAXONOMY`.
    pub(crate) fn check_with(&self, taxonomy: &str) -> Vec<String> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--offline", "--workspace", "--quiet", "--message-format=json"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", scratch().join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("NARRATION_TAXONOMY", taxonomy)
            .output()
            .unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        let told: Vec<String> = lines.lines().filter_map(|line| self.told(line)).collect();
        let silent = told.is_empty() && !output.status.success();
        assert!(!silent, "cargo itself failed:\n{}", String::from_utf8_lossy(&output.stderr));
        told
    }

    /// What a compiler message of this package says; sums of errors say nothing.
    fn told(&self, line: &str) -> Option<String> {
        let line: Value = serde_json::from_str(line).unwrap();
        let ours = line["manifest_path"].as_str()?.starts_with(self.folder.to_str()?);
        let message = &line["message"];
        let placed = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
        (ours && placed).then(|| message["message"].as_str().unwrap_or_default().to_owned())
    }
}

/// The manifest of a package with the runtime. No two packages of all tests may
/// bear one name: cargo would take what it built of one for the other.
pub(crate) fn manifest(name: &str) -> String {
    manifest_with(name, &format!("narration-runtime = {{ {} }}", runtime()))
}

/// The manifest of a package with these dependencies.
pub(crate) fn manifest_with(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n[dependencies]\n{dependencies}\n"
    )
}

/// Where the runtime is, as a manifest says it.
pub(crate) fn runtime() -> String {
    format!("path = {:?}", workspace().join("narration-runtime"))
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A folder that outlives the run: what was built is still good for the next one.
fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects")
}
