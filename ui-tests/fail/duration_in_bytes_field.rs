//! N0007: a unit that counts no time takes no `Duration` either.

use std::time::Duration;

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", size = Duration::from_secs(3));
}
