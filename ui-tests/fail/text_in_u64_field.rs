//! N0007: a text is no unsigned integer.

use narration_runtime::narrate;

fn main() {
    let jobs = "three";
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs);
}
