//! N0002 in an attribute; the fn is still there for those who call it.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "spawm")]
fn spawn(pool_id: &str) -> usize {
    pool_id.len()
}

fn main() {
    let _: usize = spawn("default");
}
