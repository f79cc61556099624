//! N0023: without a body nothing can be told.

use narration_runtime::narrated;

trait Pool {
    #[narrated(actor = "pool-managerd", action = "idle")]
    fn rest(&self);
}

struct Fixed;

impl Pool for Fixed {
    fn rest(&self) {}
}

fn main() {
    Fixed.rest();
}
