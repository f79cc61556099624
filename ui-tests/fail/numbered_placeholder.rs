//! N0010: a number is no name either.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing to do for {0} minutes");
}
