//! N0018: `%` in front of something that is no plain variable.

use narration_runtime::narrate;

fn main() {
    let err = "no such file";
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", %err.to_string());
}
