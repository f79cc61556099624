//! What tests make sure of, for `cargo narration coverage`.
//!
//! In: narrations that an assertion found. Out: a note in this process's
//! recording, where `NARRATION_COVERAGE` asks for one.

use std::sync::OnceLock;

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
