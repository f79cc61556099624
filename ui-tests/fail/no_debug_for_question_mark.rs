//! `?` asks for `Debug`, and rustc says so at the value.

use narration_runtime::narrate;

struct Opaque;

fn main() {
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "default", note = ?Opaque);
}
