//! N0008: the words before a placeholder say that a secret follows.

use narration_runtime::narrate;

fn main() {
    let note = std::env::args().next();
    narrate!(actor = "pool-managerd", action = "spawn", human = "Fetching with password={note}", pool_id = "default");
}
