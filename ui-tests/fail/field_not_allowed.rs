//! N0005: the field exists, but this action does not list it.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Nothing to do", engine = "llamacpp");
}
