//! N0011: a field has one value.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = 3, jobs = 4);
}
