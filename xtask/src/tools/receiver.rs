//! A receiver of OTLP that somebody else wrote, from the package registry.
//!
//! In: the folder of tools. Out: the program, built there once; that takes some minutes.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::done;

/// The variable tests read.
pub(super) const VARIABLE: &str = "NARRATION_TEST_OTELITE";

/// What is not tested without it.
pub(super) const TESTS: &str = "an export to a receiver of somebody else's";

const PACKAGE: &str = "otelite";
const VERSION: &str = "0.1.156";

/// The program, after building it where that is needed.
pub(super) fn get(folder: &Path) -> Result<PathBuf, String> {
    let folder = folder.join(format!("{PACKAGE}-{VERSION}"));
    let program = folder.join("bin").join(PACKAGE).with_extension(std::env::consts::EXE_EXTENSION);
    if program.is_file() {
        return Ok(program);
    }
    let build = folder.join("build");
    let mut install = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    install.args(["install", PACKAGE, "--version", VERSION, "--locked", "--quiet", "--root"]);
    install.arg(&folder).arg("--target-dir").arg(&build);
    // It is only to run, not to run fast, and built by whoever runs the tests.
    install.args(["--profile", "dev"]).env("CARGO_PROFILE_DEV_DEBUG", "false");
    done(&mut install)?;
    // What it was built from is larger than all else together, and never needed again.
    let _ = std::fs::remove_dir_all(build);
    if program.is_file() { Ok(program) } else { Err(format!("{PACKAGE} brings no {PACKAGE}")) }
}
