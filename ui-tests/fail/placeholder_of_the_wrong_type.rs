//! N0007: a placeholder is a typed field too.

use narration_runtime::narrate;

fn main() {
    let jobs = "three";
    narrate!(actor = "pool-managerd", action = "drain", human = "Draining with {jobs} jobs", pool_id = "default");
}
