//! Starts a service and reads what it said.

use std::ffi::OsStr;
use std::process::{Command, Output, Stdio};

use narration_record::{Record, read};

/// A service about to start, in an environment without settings.
pub(crate) struct Service(Command);

/// What a service said.
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) well: bool,
}

impl Service {
    pub(crate) fn new(scene: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depot"));
        for name in [
            "RUST_LOG",
            "NARRATION_FORMAT",
            "NARRATION_FILE",
            "NARRATION_SINK",
            "NARRATION_PROVENANCE",
            "NARRATION_COVERAGE",
            "NARRATION_CORRELATION_ID",
            "NARRATION_FIELDS",
            "TRACEPARENT",
            "TRACESTATE",
            "NO_COLOR",
        ] {
            command.env_remove(name);
        }
        command.arg(scene).stdin(Stdio::null());
        Self(command)
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    pub(crate) fn arg(mut self, value: impl AsRef<OsStr>) -> Self {
        self.0.arg(value);
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Said {
        Said::of(self.0.output().expect("it starts"))
    }

    /// The command itself, for what else can be done to it.
    pub(crate) fn command(self) -> Command {
        self.0
    }
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            well: output.status.success(),
        }
    }

    /// The lines of standard output as records; the service ended well.
    pub(crate) fn records(&self) -> Vec<Record> {
        assert!(self.well, "it ended badly: {}", self.stderr);
        records(&self.stdout)
    }

    /// `actor::action` of each record.
    pub(crate) fn plot(&self) -> Vec<String> {
        self.records()
            .into_iter()
            .map(|record| format!("{}::{}", record.actor, record.action))
            .collect()
    }
}

/// Lines as records.
pub(crate) fn records(lines: &str) -> Vec<Record> {
    assert!(lines.is_empty() || lines.ends_with('\n'), "the last line is torn: {lines:?}");
    lines.lines().map(|line| read(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}
