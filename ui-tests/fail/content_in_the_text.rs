//! N0008: neither has user content.

use narration_runtime::narrate;

fn main() {
    let prompt = std::env::args().next();
    narrate!(actor = "pool-managerd", action = "spawn", human = "Answering {prompt}", pool_id = "default");
}
