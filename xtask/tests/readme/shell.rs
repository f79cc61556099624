//! Somebody who types what the README says.
//!
//! In: lines. Out: what the last of them showed: its answer, or, where it
//! failed, the compiler's error.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::blocks::timeless;

/// A folder to type in.
pub(crate) struct Shell {
    folder: PathBuf,
    clone: PathBuf,
    last: Option<Output>,
}

impl Shell {
    /// In a folder that holds a clone called `narration`, where `new` is still
    /// to be made. The folder is the same for all and each time, so that not
    /// all is built anew.
    pub(crate) fn beside_a_clone(clone: &Path, new: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        clone.hash(&mut hasher);
        let folder = std::env::temp_dir().join(format!("narration-readme-{:x}", hasher.finish()));
        let _ = fs::remove_dir_all(folder.join(new));
        fs::create_dir_all(&folder).unwrap();
        // Who comes second finds it there.
        let _ = symlink(clone, folder.join("narration"));
        Self { folder, clone: clone.to_owned(), last: None }
    }

    /// Types a line.
    pub(crate) fn run(&mut self, line: &str) {
        if let Some(folder) = line.strip_prefix("cd ") {
            self.folder.push(folder);
            self.pin_versions();
            return;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(&self.folder);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
        shell.env("CARGO_TARGET_DIR", target).env("CARGO_TERM_COLOR", "never");
        let variables = [
            "RUST_LOG",
            "RUSTFLAGS",
            "HF_TOKEN",
            "NARRATION_FORMAT",
            "NARRATION_FILE",
            "NARRATION_PROVENANCE",
            "NARRATION_TAXONOMY",
        ];
        for name in variables {
            shell.env_remove(name);
        }
        // What cargo says of the package whose test this is concerns no other.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" {
                shell.env_remove(name);
            }
        }
        self.last = Some(shell.output().unwrap());
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).unwrap();
    }

    /// Adds to the end of a file.
    pub(crate) fn append(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.folder.join(file)).unwrap();
        self.write(file, &format!("{before}\n{text}"));
    }

    /// What the last line showed, without times.
    pub(crate) fn told(&self) -> String {
        let output = self.last.as_ref().unwrap();
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        if output.status.success() {
            return timeless(&stdout);
        }
        let error =
            stderr.find("error: N").unwrap_or_else(|| panic!("no error of ours:\n{stderr}"));
        timeless(stderr[error..].split("error: could not compile").next().unwrap())
    }

    /// The versions that this workspace was tested with, not today's.
    fn pin_versions(&self) {
        let lock = self.clone.join("Cargo.lock");
        if self.folder.join("Cargo.toml").exists() && lock.exists() {
            fs::copy(lock, self.folder.join("Cargo.lock")).unwrap();
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
