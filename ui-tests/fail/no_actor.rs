//! N0015: nobody is named who acts.

use narration_runtime::narrate;

fn main() {
    narrate!("idle", "Nothing to do");
}
