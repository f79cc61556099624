//! N0016: neither the call nor the vocabulary has a text.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle");
}
