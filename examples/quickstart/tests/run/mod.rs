//! Runs the example in a folder of its own.
//!
//! In: a format and arguments. Out: what it wrote, and its exit code.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// The digest of the model, the three bytes `abc`, as it is published.
pub(crate) const ABC: &str =
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// The digest of nothing.
pub(crate) const OTHER: &str =
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Runs the example; the environment says the format and nothing else.
pub(crate) fn quickstart(format: &str, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .args(arguments)
        .env("NARRATION_FORMAT", format)
        .env_remove("RUST_LOG")
        .env_remove("NARRATION_FILE")
        .env_remove("NARRATION_PROVENANCE")
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// A folder that is gone after the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// With a model in it.
    pub(crate) fn with_model() -> Self {
        let folder = Self(TempDir::with_prefix("quickstart-").unwrap());
        fs::write(folder.model(), "abc").unwrap();
        folder
    }

    /// With a mirror that has one repository.
    pub(crate) fn with_mirror() -> Self {
        let folder = Self(TempDir::with_prefix("quickstart-").unwrap());
        fs::create_dir_all(folder.path("mirror/org/repo")).unwrap();
        fs::write(folder.path("mirror/org/repo/model.gguf"), "abc").unwrap();
        folder
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn model(&self) -> String {
        self.path("tiny.gguf")
    }

    pub(crate) fn reference(&self) -> String {
        format!("file:{}", self.model())
    }
}
