//! `cargo xtask demo`: what narration does, for somebody who has never seen it.
//!
//! In: nothing. Out: the quickstart's stories, the same narration in every
//! other format, and what to try next.

use std::process::{Command, Stdio};

use crate::console::{say, stage};
use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;

const PACKAGE: &str = "narration-quickstart";

/// The formats beside `story`, and what each is for.
const FORMATS: [(&str, &str); 3] = [
    ("json", "one JSON object a line, for machines; the default where no terminal is"),
    ("logfmt", "key=value, for grep actor=model-provisioner"),
    ("pretty", "for eyes; the default on a terminal, there with colours"),
];

/// The narration that is shown in every format: the one that says most.
const SHOWN: &str = "verify-failed";

/// Runs the example in each format.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    stage("building the quickstart: a model provisioner that narrates");
    program::run(program::cargo(workspace).args(["build", "--package", PACKAGE]))?;
    stage("four stories: a good file, a digest mismatch, a download, a download that fails");
    say("$ NARRATION_FORMAT=story cargo run -p narration-quickstart\n");
    say(in_blocks(&stories(workspace, "story")?));
    for (format, purpose) in FORMATS {
        stage(format_args!("NARRATION_FORMAT={format}: {purpose}"));
        let lines = stories(workspace, format)?;
        say(lines.lines().find(|line| line.contains(SHOWN)).unwrap_or_default());
    }
    stage("what to try next");
    say(NEXT);
    Ok(())
}

fn stories(workspace: &Workspace, format: &str) -> Result<String, Failure> {
    program::output(quickstart(workspace).env("NARRATION_FORMAT", format))
}

/// The example, hearing nothing of the environment it is shown in.
fn quickstart(workspace: &Workspace) -> Command {
    let mut command = program::cargo(workspace);
    command.args(["run", "--quiet", "--package", PACKAGE]).stdout(Stdio::piped());
    for variable in ["RUST_LOG", "NARRATION_FILE", "NARRATION_PROVENANCE"] {
        command.env_remove(variable);
    }
    command
}

/// The stories with a line between them.
fn in_blocks(lines: &str) -> String {
    lines.trim_end().replace("\n[model-provisioner] resolve:", "\n\n[model-provisioner] resolve:")
}

const NEXT: &str = r#"cargo run -p narration-quickstart -- Cargo.toml            any file is a model here
RUST_LOG=model-provisioner::verify-failed=error cargo run -p narration-quickstart
                                                           one action, one level
change a word in an action's name in examples/quickstart/src/provisioner.rs and build:
                                                           the compiler knows the vocabulary
examples/quickstart/narration.toml                         the vocabulary
README.md                                                  from an empty crate to a first record
cargo xtask test                                           every test of the workspace"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_begins_with_a_free_line_before_it() {
        let lines = "[model-provisioner] resolve: a\n[model-provisioner] complete: b\n[model-provisioner] resolve: c\n";
        let told = "[model-provisioner] resolve: a\n[model-provisioner] complete: b\n\n[model-provisioner] resolve: c";
        assert_eq!(in_blocks(lines), told);
    }
}
