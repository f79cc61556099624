//! N0018: names are checked while compiling, so they are literals.

use narration_runtime::narrate;

const ACTION: &str = "idle";

fn main() {
    narrate!(actor = "pool-managerd", action = ACTION, human = "Nothing to do");
}
