//! N0002: the actor has no such action, and nobody else has.

use narration_runtime::narrate;

fn main() {
    let pool_id = "default";
    narrate!(actor = "pool-managerd", action = "spwan", human = "Spawning on {pool_id}");
}
