//! N0007: a time is a `Duration` or a whole number in the field's unit.

use narration_runtime::narrate;

fn main() {
    let eta: f64 = 0.5;
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", eta);
}
