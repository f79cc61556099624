//! N0015: the same for a fn.

use narration_runtime::narrated;

#[narrated(action = "idle")]
fn rest() {}

fn main() {
    rest();
}
