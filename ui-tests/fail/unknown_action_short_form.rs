//! N0002 in the short form: the first text is the action.

use narration_runtime::{narrate, narrated};

#[narrated(actor = "scheduler")]
fn main() {
    narrate!("tock", "Looking for work");
}
