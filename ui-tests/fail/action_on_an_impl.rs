//! N0023: a scope takes its actor alone.

use narration_runtime::narrated;

struct Pool;

#[narrated(actor = "pool-managerd", action = "idle", level = "warn")]
impl Pool {
    fn rest(&self) {}
}

fn main() {
    Pool.rest();
}
