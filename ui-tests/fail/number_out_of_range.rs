//! N0007: numbers that do not fit.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = -1, delta = 9223372036854775808);
}
