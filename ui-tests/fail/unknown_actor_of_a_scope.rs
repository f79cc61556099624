//! N0001: told once, at the attribute, however many narrations are inside.

use narration_runtime::{narrate, narrated};

struct Pool;

#[narrated(actor = "pool-managed")]
impl Pool {
    fn wait(&self) {
        narrate!("idle", "Nothing to do");
        narrate!("idle", "Still nothing to do");
    }

    #[narrated(action = "idle")]
    fn rest(&self) {}
}

fn main() {
    Pool.wait();
    Pool.rest();
}
