//! A refused call still uses its values: no warning of unused names, and none of rustc's own errors is lost.

#![deny(warnings)]

use narration_runtime::narrate;

fn main() {
    let jobs = 3;
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", jobz = jobs, note = missing.len());
}
