//! N0017: a brace that was not opened.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing for note}");
}
