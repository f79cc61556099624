//! N0011: so has an argument.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing to do", action = "idle");
}
