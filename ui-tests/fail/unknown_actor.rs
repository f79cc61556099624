//! N0001: the vocabulary has no such actor.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-manager", action = "idle", human = "Nothing to do");
}
