//! N0018: a call without anything.

use narration_runtime::narrate;

fn main() {
    narrate!();
}
