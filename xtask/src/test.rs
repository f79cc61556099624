//! `cargo xtask test`: every test of the workspace.
//!
//! In: arguments for the test runner. Out: success when all passed. Needs the
//! pinned toolchain and nothing else; `cargo nextest` is used where it is, and
//! so are the programs of `tools`.

use std::ffi::OsString;

use crate::console::stage;
use crate::failure::Failure;
use crate::program;
use crate::tools;
use crate::workspace::Workspace;

/// Runs unit, integration, UI and doc tests.
pub(crate) fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<(), Failure> {
    let tools = tools::prepare(workspace);
    if program::cargo_has(workspace, "nextest") {
        stage("tests");
        let mut tests = program::cargo(workspace);
        tests
            .args(["nextest", "run", "--workspace", "--all-features", "--no-fail-fast"])
            .args(arguments)
            .envs(tools);
        program::run(&mut tests)?;
        stage("examples in the documentation");
        return program::run(program::cargo(workspace).args([
            "test",
            "--doc",
            "--workspace",
            "--all-features",
        ]));
    }
    stage("tests, and examples in the documentation");
    let mut tests = program::cargo(workspace);
    tests.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
    if !arguments.is_empty() {
        tests.arg("--").args(arguments);
    }
    program::run(tests.envs(tools))
}
