//! N0018: a value that is no variable has no name of its own.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", 3 + 4);
}
