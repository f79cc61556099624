//! Whether cargo packs a snapshot.
//!
//! In: a package. Out: whether a published copy would carry it. Cargo itself is asked, since
//! `include`, `exclude`, git and cargo's own defaults all have a say.

use std::path::PathBuf;
use std::process::Command;

use narration_taxonomy::locate::SNAPSHOT;

use crate::sources::Package;

/// What cargo would do with a package's snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Packed {
    /// Pack it, or cargo does not say.
    Taken,
    /// Leave it out.
    LeftOut {
        /// The manifest that decides.
        manifest: PathBuf,
    },
}

impl Packed {
    /// Asks cargo for what it would pack. What keeps it from answering is for `cargo publish` to tell.
    pub(crate) fn ask(package: &Package) -> Self {
        let manifest = package.folder().join("Cargo.toml");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["package", "--list", "--allow-dirty", "--offline", "--manifest-path"]);
        let answer = command.arg(&manifest).output();
        let Some(answer) = answer.ok().filter(|answer| answer.status.success()) else {
            return Self::Taken;
        };
        let listed = String::from_utf8_lossy(&answer.stdout);
        if listed.lines().any(|file| file == SNAPSHOT) {
            Self::Taken
        } else {
            Self::LeftOut { manifest }
        }
    }
}
