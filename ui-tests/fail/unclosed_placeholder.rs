//! N0017: a brace that is not closed.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing for {note", note = "now");
}
