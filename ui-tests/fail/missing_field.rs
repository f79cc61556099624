//! N0006: the action requires a field.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning");
}
