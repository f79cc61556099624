//! N0021: none of the field's words.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", device = "GPU2");
}
