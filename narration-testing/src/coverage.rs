//! What tests make sure of, for `cargo narration coverage`.
//!
//! In: narrations that an assertion found, stories that were held against their
//! files. Out: a note in this process's recording, where `NARRATION_COVERAGE` asks for one.

use std::sync::OnceLock;

#[cfg(feature = "story-snapshots")]
use narration_runtime::coverage::Held;
use narration_runtime::coverage::{COVERAGE, Coverage};

use crate::event::Event;
use crate::fail;

/// The recording of this process. Tests that were asked to record and cannot
/// must not look as if they had.
pub(crate) fn recording() -> Option<&'static Coverage> {
    static RECORDING: OnceLock<Option<Coverage>> = OnceLock::new();
    let begin = || match Coverage::from_env()? {
        Ok(recording) => Some(recording),
        Err(error) => fail::now(&format!(
            "cannot record coverage: {error}; {COVERAGE} has to name a folder this process may write to"
        )),
    };
    RECORDING.get_or_init(begin).as_ref()
}

/// Notes that a test made sure of a narration.
pub(crate) fn asserted(event: &Event) {
    if let Some(recording) = recording() {
        recording.asserted(&event.actor, &event.action);
    }
}

/// Notes that a test held a story against its file, which tells the same.
#[cfg(feature = "story-snapshots")]
pub(crate) fn held(file: &std::path::Path, at: &std::panic::Location<'_>) {
    use sha2::{Digest as _, Sha256};

    let Some(recording) = recording() else { return };
    // What cannot be read any more proves nothing.
    let Ok(bytes) = std::fs::read(file) else { return };
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let thread = std::thread::current();
    // Test runners name a test's thread by the test; a runtime's own threads, and the only thread
    // of a program, are named by others.
    let test = thread.name().filter(|name| *name != "main" && !name.starts_with("tokio-"));
    let at = format!("{}:{}", at.file().replace('\\', "/"), at.line());
    recording.held(&Held { file, sha256: &digest, test, at: &at });
}
