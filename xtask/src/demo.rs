//! `cargo xtask demo`: what narration does, for somebody who has never seen it.
//!
//! In: nothing. Out: one narration in every format; five services that take
//! five requests, their logs in `target/demo/logs`, the story of the request
//! that is stuck, and what to try next.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::console::{say, stage};
use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;

/// The small example, and the system.
const QUICKSTART: &str = "narration-quickstart";
const SYSTEM: &str = "llama-orch";

/// The reader of stories.
const READER: &str = "cargo-narration";

/// The formats, and what each is for.
const FORMATS: [(&str, &str); 4] = [
    ("story", "to read"),
    ("json", "one JSON object a line, for machines; the default where no terminal is"),
    ("logfmt", "key=value, for grep actor=model-provisioner"),
    ("pretty", "for eyes; the default on a terminal, there with colours"),
];

/// The narration that is shown in every format: the one that says most.
const SHOWN: &str = "verify-failed";

/// Where the system works, from the workspace's root; its logs are in `logs`.
const FOLDER: &str = "target/demo";

/// Shows the formats and runs the system.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    stage("building the examples and the reader of stories");
    let packages = ["--package", QUICKSTART, "--package", SYSTEM, "--package", READER];
    program::run(program::cargo(workspace).arg("build").args(packages))?;
    formats(workspace)?;
    stage("five services, five requests");
    say(SERVICES);
    program::run(&mut system(workspace))?;
    stage("what to try next");
    say(NEXT);
    Ok(())
}

/// One narration in each format.
fn formats(workspace: &Workspace) -> Result<(), Failure> {
    stage("one narration of the quickstart in each format: $ cargo run -p narration-quickstart");
    for (format, purpose) in FORMATS {
        let lines = program::output(quickstart(workspace).env("NARRATION_FORMAT", format))?;
        let shown = lines.lines().find(|line| line.contains(SHOWN)).unwrap_or_default();
        say(format_args!("\nNARRATION_FORMAT={format}: {purpose}\n{shown}"));
    }
    Ok(())
}

/// The example, hearing nothing of the environment it is shown in.
fn quickstart(workspace: &Workspace) -> Command {
    let mut command = run_of(workspace, QUICKSTART);
    command.stdout(Stdio::piped());
    for variable in ["RUST_LOG", "NARRATION_FILE", "NARRATION_PROVENANCE"] {
        command.env_remove(variable);
    }
    command
}

/// The five services with their five requests.
fn system(workspace: &Workspace) -> Command {
    let mut command = run_of(workspace, SYSTEM);
    command.args(["--bin", "llama-orch-demo", "--", "--folder", FOLDER]);
    let folder = std::env::current_exe().ok().and_then(|own| Some(own.parent()?.to_owned()));
    let reader = folder
        .map(|folder: PathBuf| folder.join(READER).with_extension(std::env::consts::EXE_EXTENSION));
    if let Some(reader) = reader.filter(|reader| reader.is_file()) {
        command.arg("--reader").arg(reader);
    }
    command
}

fn run_of(workspace: &Workspace, package: &str) -> Command {
    let mut command = program::cargo(workspace);
    command.args(["run", "--quiet", "--package", package]);
    command
}

const SERVICES: &str = "orchestratord queues requests, pool-managerd keeps an engine running, engine-provisioner clones
and builds it, model-provisioner downloads its model, adapter-host streams its answers. They speak
HTTP on this machine, and nobody passes an id by hand.
";

const NEXT: &str = r#"grep req-xyz target/demo/logs/*.log                        one request through all five services
grep req-crash target/demo/logs/*.log                      an engine that crashed and came back
grep '"actor":"pool-managerd"' target/demo/logs/*.log      one service
examples/llama-orch/README.md                              what happens there, and how
examples/llama-orch/narration.toml                         the vocabulary of all five
cargo run -p narration-quickstart -- Cargo.toml            any file is a model here
change a word in an action's name in examples/quickstart/src/provisioner.rs and build:
                                                           the compiler knows the vocabulary
README.md                                                  from an empty crate to a first record
cargo xtask test                                           every test of the workspace"#;
