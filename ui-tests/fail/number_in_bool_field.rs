//! N0007: a number is no truth value.

use narration_runtime::narrate;

fn main() {
    let warm = 1;
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", warm);
}
