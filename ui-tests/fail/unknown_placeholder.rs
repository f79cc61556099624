//! N0004: the vocabulary has no field of a placeholder's name.

use narration_runtime::narrate;

fn main() {
    let minutes = 3;
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing for {minutes} minutes");
}
