//! N0007: a number that may be negative does not fit an unsigned field.

use narration_runtime::narrate;

fn main() {
    let jobs: i64 = 3;
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs);
}
