//! N0007: literals that can be no value of their field.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = "three", delta = 1.5, warm = 1, note = 3);
}
