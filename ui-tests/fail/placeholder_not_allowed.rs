//! N0005: the same for a placeholder.

use narration_runtime::narrate;

fn main() {
    let engine = "llamacpp";
    narrate!(actor = "pool-managerd", action = "idle", human = "{engine} has nothing to do");
}
