//! N0025: the text of `drain-lost` tells a path that this fn does not record.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "drain")]
fn drain(pool_id: &str, jobs: u64) -> Result<u64, String> {
    Err(format!("{pool_id}: {jobs}"))
}

fn main() {
    let _: Result<u64, String> = drain("default", 3);
}
