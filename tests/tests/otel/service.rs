//! A service that exports.

use std::process::{Command, Stdio};

use crate::arrived::Arrived;
use crate::collector::Collector;

/// What a service said, after it ended well.
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a scene of the depot in an environment that has nothing but these variables to say.
pub(crate) fn run(scene: &str, variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depot"));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("OTEL_") || text.starts_with("NARRATION_") || text == "RUST_LOG" {
            command.env_remove(&name);
        }
    }
    command.arg(scene).stdin(Stdio::null()).env("NARRATION_FORMAT", "json");
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{stderr}");
    Said { stdout, stderr }
}

/// Runs a scene that exports to a collector by this protocol, and takes what arrived there.
pub(crate) fn exported(scene: &str, collector: &Collector, protocol: &str) -> Arrived {
    let endpoint = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &*collector.address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
    ];
    run(scene, &endpoint);
    collector.arrived()
}
