//! N0006: the vocabulary's own text captures no variables.

use narration_runtime::narrate;

fn main() {
    let (pool_id, jobs) = ("default", 3);
    narrate!(actor = "pool-managerd", action = "drain");
}
