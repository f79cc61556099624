//! N0010: a placeholder names its field.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing to do for {} minutes");
}
