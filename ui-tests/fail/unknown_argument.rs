//! N0024: the attribute has no such argument.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "idle", levle = "warn")]
fn rest() {}

fn main() {
    rest();
}
