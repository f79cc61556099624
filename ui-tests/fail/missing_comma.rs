//! N0018: two arguments without a comma between them.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd" action = "idle", human = "Nothing to do");
}
