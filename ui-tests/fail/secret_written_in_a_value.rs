//! N0009: the same in a value.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", note = "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U");
}
