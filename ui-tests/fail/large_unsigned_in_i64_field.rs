//! N0007: not every `u64` is an `i64`.

use narration_runtime::narrate;

fn main() {
    let delta: u64 = 3;
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", delta);
}
