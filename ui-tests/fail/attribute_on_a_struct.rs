//! N0023: a struct does nothing.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "idle")]
struct Pool {
    _id: u64,
}

fn main() {
    let _ = Pool { _id: 3 };
}
