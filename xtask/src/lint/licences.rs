//! What the dependencies are allowed to be.
//!
//! In: the workspace. Out: success when `cargo deny` finds nothing against
//! `deny.toml`, or is not installed, which is said. Known weaknesses are looked
//! up only where asked for: that list comes from the net, and changes by itself.

use crate::console::say;
use crate::failure::Failure;
use crate::program;
use crate::workspace::Workspace;

/// Checks licences, duplicates and where crates come from.
pub(super) fn check(workspace: &Workspace) -> Result<(), Failure> {
    if !program::cargo_has(workspace, "deny") {
        say("not checked: cargo-deny is not installed; `cargo install cargo-deny` brings it");
        return Ok(());
    }
    let mut deny = program::cargo(workspace);
    program::run(deny.args(["deny", "check", "licenses", "bans", "sources"]))
}
