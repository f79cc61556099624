//! Whether this machine has what a build needs.
//!
//! In: the `PATH`. Out: the compiler to build with, or what is missing.

use std::ffi::OsString;
use std::time::Duration;

use narration_runtime::{narrate, narrated};
use tokio::process::Command;

use super::BuildError;
use crate::tool;

/// How long a program may take to say its version.
const LIMIT: Duration = Duration::from_secs(20);

/// What the tools of this machine are good for.
#[derive(Clone, Debug)]
pub(super) struct Toolchain {
    /// The C compiler.
    pub(super) compiler: OsString,
    /// Whether there is CMake.
    pub(super) cmake: bool,
}

/// Looks for the tools by running them. What a build can do without is told at `debug` where it is
/// absent: the steps that do without it tell so, too.
#[narrated(
    actor = "engine-provisioner",
    action = "preflight",
    tools = "git, cmake, nvcc",
    error_kind = err.kind()
)]
pub(super) async fn preflight(pool_id: &str) -> Result<Toolchain, BuildError> {
    let (git, cmake, nvcc) = tokio::join!(is_there("git"), is_there("cmake"), is_there("nvcc"));
    let compiler = compiler().await;
    let mut missing = Vec::new();
    missing.extend((!git).then_some("git"));
    missing.extend(compiler.is_none().then_some("a C compiler"));
    let (Some(compiler), true) = (compiler, git) else {
        return Err(BuildError::Missing { tools: missing });
    };
    let mut absent = Vec::new();
    absent.extend((!cmake).then_some("cmake"));
    absent.extend((!nvcc).then_some("nvcc"));
    if !absent.is_empty() {
        narrate!(
            action = "preflight",
            level = "debug",
            human = "No {tools} here: the build makes do with {compiler}",
            pool_id,
            tools = absent.join(", "),
            compiler = compiler.to_string_lossy().into_owned(),
        );
    }
    Ok(Toolchain { compiler, cmake })
}

/// The compiler that `CC` names, else the first of the usual ones.
async fn compiler() -> Option<OsString> {
    if let Some(named) = std::env::var_os("CC").filter(|named| !named.is_empty()) {
        return Some(named);
    }
    for name in ["cc", "gcc", "clang"] {
        if is_there(name).await {
            return Some(name.into());
        }
    }
    None
}

async fn is_there(program: &str) -> bool {
    tool::run(Command::new(program).arg("--version"), LIMIT).await.is_ok()
}
