//! A folder to write into, and the binary to run in it.
//!
//! In: files. Out: what the command line printed, and its exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The memo's spawn and a sibling, enough for most calls.
pub(crate) const VOCABULARY: &str = r#"
[narration]
version = 1
name = "pools"

[fields]
pool_id = { type = "string", class = "id", doc = "Pool identifier", example = "default" }
device = { type = "enum", values = ["CPU", "GPU0"] }
jobs = { type = "u64" }
note = { type = "string" }

[actors.pool-managerd]
doc = "Keeps the pools"

[actors.pool-managerd.actions.spawn]
when = "Starting an engine"
target = "device"
fields = ["pool_id", "device", "jobs?"]
human = "Spawning on {device} for {pool_id}"

[actors.pool-managerd.actions.drain]
when = "Emptying a pool"
target = "pool_id"
fields = ["pool_id"]
human = "Draining {pool_id}"
"#;

/// A crate in a folder of its own.
pub(crate) struct Crate {
    folder: TempDir,
}

impl Crate {
    /// A package called `app` with a vocabulary and one source file.
    pub(crate) fn new(vocabulary: &str, source: &str) -> Self {
        let new = Self::empty();
        new.write("Cargo.toml", &manifest("app"));
        new.write("narration.toml", vocabulary);
        new.write("src/lib.rs", source);
        new
    }

    /// Nothing at all.
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds to what is there.
    pub(crate) fn append(&self, file: &str, text: &str) {
        self.write(file, &(self.read(file) + text));
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Runs `cargo-narration` here.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        self.run_in("", words)
    }

    /// Runs it in a folder below.
    pub(crate) fn run_in(&self, folder: &str, words: &[&str]) -> Run {
        let mut command = command();
        command.current_dir(self.path(folder)).args(words);
        Run::of(command.output().unwrap())
    }
}

/// The binary, in an environment that does not know about the tests around.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-narration"));
    for variable in [
        "NARRATION_TAXONOMY",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "RUST_LOG",
        "CARGO_TARGET_DIR",
    ] {
        command.env_remove(variable);
    }
    command
}

/// The manifest of a package that depends on the runtime.
pub(crate) fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\nnarration-runtime = \"0.1\"\ntracing = \"0.1\"\n"
    )
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// Code, file, line and column of every finding.
    pub(crate) fn findings(&self) -> Vec<String> {
        let findings = self.json()["findings"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        findings
            .iter()
            .map(|finding| {
                let (code, file) = (text(&finding["code"]), text(&finding["file"]));
                let start = &finding["start"];
                format!("{code} {file}:{}:{}", start["line"], start["column"])
            })
            .collect()
    }
}
