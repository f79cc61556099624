//! A small service with redaction of its own, for tests that need another vocabulary.
//!
//! In: a patient's address and a note. Out: a narration of both, and the line of a dependency that
//! names them, too.

use narration_runtime::narrate;

fn main() {
    let _narration = narration_runtime::init!();
    let mut arguments = std::env::args().skip(1);
    let email = arguments.next().unwrap_or_default();
    let note = arguments.next().unwrap_or_default();
    narrate!("admit", email, note, letter = note);
    tracing::info!(target: "mailer", email, "written to {email}: {note}");
}
