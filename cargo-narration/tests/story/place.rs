//! A folder with logs and the binary to read them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The memo's request as three services tell it.
pub(crate) const ADMISSION: &str = r#"{"timestamp":"2026-11-21T18:34:05.123456Z","level":"info","actor":"orchestratord","action":"admission","target":"session-abc123","human":"Accepted request; queued at position 3 (ETA 420 ms) on pool 'default'","correlation_id":"req-xyz","session_id":"session-abc123","pool_id":"default","queue_position":3,"predicted_start_ms":420}"#;
pub(crate) const SPAWN: &str = r#"{"timestamp":"2026-11-21T18:34:05.223456Z","level":"info","actor":"pool-managerd","action":"spawn","target":"GPU0","human":"Spawning engine llamacpp-v1 for pool 'default' on GPU0","correlation_id":"req-xyz","pool_id":"default","replica_id":"r0","engine":"llamacpp-v1","device":"GPU0"}"#;
pub(crate) const BUILD: &str = r#"{"timestamp":"2026-11-21T18:34:05.623456Z","level":"info","actor":"engine-provisioner","action":"cmake-build","target":"default","human":"Building llama-server with 8 parallel jobs","correlation_id":"req-xyz","pool_id":"default","jobs":8}"#;

/// A folder with logs.
pub(crate) struct Place {
    folder: TempDir,
}

/// What the binary said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The memo's three logs.
    pub(crate) fn of_the_memo() -> Self {
        let place = Self::new();
        place.log("orchestratord.log", &[ADMISSION]);
        place.log("pool-managerd.log", &[SPAWN]);
        place.log("engine-provisioner.log", &[BUILD]);
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn log(&self, name: &str, lines: &[&str]) -> PathBuf {
        self.bytes(name, (lines.join("\n") + "\n").as_bytes())
    }

    pub(crate) fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-narration"));
        command.args(args).current_dir(self.path());
        command.env_remove("NARRATION_TAXONOMY").env("NO_COLOR", "1").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        Said::of(self.command(args).output().unwrap())
    }

    /// Runs with something on the standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Said {
        let input = self.bytes(".input", input);
        let input = fs::File::open(input).unwrap();
        Said::of(self.command(args).stdin(input).output().unwrap())
    }

    /// The story as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let said = self.run(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&said.out).unwrap()
    }
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn has(&self, text: &str) -> &Self {
        assert!(self.out.contains(text) || self.err.contains(text), "no {text:?} in {self:?}");
        self
    }
}

/// What the steps of a JSON story are, as `actor action`.
pub(crate) fn deeds(story: &serde_json::Value) -> Vec<String> {
    let text = |step: &serde_json::Value, key: &str| step[key].as_str().unwrap().to_owned();
    let steps = story["steps"].as_array().unwrap().iter();
    steps.map(|step| format!("{} {}", text(step, "actor"), text(step, "action"))).collect()
}

/// The deeds of the memo's request.
pub(crate) const MEMO: [&str; 3] =
    ["orchestratord admission", "pool-managerd spawn", "engine-provisioner cmake-build"];
