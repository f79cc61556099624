//! A small service with redaction of its own, for tests that need another vocabulary.
//!
//! In: a patient's address, a note, and whether the service has a subscriber of its own. Out: a
//! narration of both, and the line of a dependency that names them, too.

use narration_runtime::{narrate, taxonomy};
use tracing_subscriber::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let email = arguments.next().unwrap_or_default();
    let note = arguments.next().unwrap_or_default();
    let _narration = match arguments.next() {
        None => Some(narration_runtime::init!()),
        Some(_) => {
            let layer = narration_runtime::layer().with_policy(taxonomy!().policy);
            tracing_subscriber::registry().with(layer).init();
            None
        }
    };
    narrate!("admit", email, note, letter = note);
    tracing::info!(target: "mailer", email, "written to {email}: {note}");
}
