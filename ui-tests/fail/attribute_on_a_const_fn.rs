//! N0023: a const fn may run while compiling.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "idle")]
const fn rest() -> u64 {
    3
}

fn main() {
    const { assert!(rest() == 3) }
}
