//! All faults of a call are told together, each at its own place.

use narration_runtime::narrate;

fn main() {
    let (enigne, hf_token) = ("llamacpp", "");
    narrate!(
        actor = "pool-managerd",
        action = "spawn",
        human = "Spawning {enigne} with {hf_token} on {}",
        jobs = "three",
        jobs = 4,
        device = "GPU7",
        level = "loud",
    );
}
