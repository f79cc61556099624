//! N0024: only arguments of the fn can be skipped.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "spawn", skip(jbos))]
fn spawn(pool_id: &str, jobs: &str) -> usize {
    pool_id.len() + jobs.len()
}

fn main() {
    let _: usize = spawn("default", "3");
}
