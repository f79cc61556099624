//! N0020: an action that tells of a failure is at least a warning.

use narration_runtime::narrate;

fn main() {
    narrate!(
        actor = "pool-managerd",
        action = "spawn-failed",
        human = "No engine",
        pool_id = "default",
        level = "info",
    );
}
