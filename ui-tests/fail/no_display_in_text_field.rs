//! N0007: a text field takes what has `Display`.

use narration_runtime::narrate;

struct Opaque;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", note = Opaque);
}
