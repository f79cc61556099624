//! N0006: a fn without an argument of the required name.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "spawn")]
fn spawn(id: &str) -> usize {
    id.len()
}

fn main() {
    let _: usize = spawn("default");
}
