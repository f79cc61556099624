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

    if recording().is_none() {
        return;
    }
    // What cannot be read any more proves nothing.
    let Ok(bytes) = std::fs::read(file) else { return };
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let at = format!("{}:{}", at.file().replace('\\', "/"), at.line());
    let holding = Holding { file: file.to_owned(), sha256: digest, at };
    #[cfg(feature = "cucumber")]
    let scenario = crate::cucumber::naming().and_then(|naming| naming.name_for(holding.clone()));
    #[cfg(not(feature = "cucumber"))]
    let scenario: Option<Box<str>> = None;
    record(&holding, scenario.as_deref());
}

/// A story that was held against its file.
#[cfg(feature = "story-snapshots")]
#[derive(Clone)]
pub(crate) struct Holding {
    file: std::path::PathBuf,
    sha256: String,
    /// File and line of the assertion.
    at: String,
}

/// Notes it, and the scenario whose step did it.
#[cfg(feature = "story-snapshots")]
pub(crate) fn record(holding: &Holding, scenario: Option<&str>) {
    let Some(recording) = recording() else { return };
    let thread = std::thread::current();
    // Test runners name a test's thread by the test; a runtime's own threads, and the only thread
    // of a program, are named by others.
    let test = thread.name().filter(|name| *name != "main" && !name.starts_with("tokio-"));
    let Holding { file, sha256, at } = holding;
    recording.held(&Held { file, sha256, test, scenario, at });
}
