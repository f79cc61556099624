//! N0007: `%` and `?` make text, and text is no number.

use narration_runtime::narrate;

fn main() {
    let (jobs, delta) = (3_u64, 4_i64);
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = %jobs, ?delta);
}
