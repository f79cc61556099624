//! N0007: a text is no number.

use narration_runtime::narrate;

fn main() {
    let ratio = "half";
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", ratio);
}
