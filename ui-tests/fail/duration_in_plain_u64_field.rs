//! N0007: only a field with a unit of time takes a `Duration`.

use std::time::Duration;

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = Duration::from_secs(3));
}
