//! N0019: there is no such level.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing to do", level = "notice");
}
