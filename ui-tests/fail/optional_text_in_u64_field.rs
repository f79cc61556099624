//! N0007: an `Option` is as good as what it holds.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobs = Some(String::from("three")));
}
