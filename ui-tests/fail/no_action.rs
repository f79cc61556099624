//! N0018: a call without an action.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", human = "Nothing to do");
}
