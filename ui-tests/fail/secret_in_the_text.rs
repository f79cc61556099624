//! N0008: a secret has no place in a text.

use narration_runtime::narrate;

fn main() {
    let hf_token = std::env::args().next();
    narrate!(actor = "pool-managerd", action = "spawn", human = "Fetching with {hf_token}", pool_id = "default");
}
