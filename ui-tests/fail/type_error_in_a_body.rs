//! rustc's own errors in a body stand where they always did.

use narration_runtime::narrated;

struct Refused;

#[narrated(actor = "pool-managerd", action = "idle")]
fn rest() -> Result<u64, Refused> {
    let length: u64 = "three".parse()?;
    Ok(length + 1)
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn count() -> u64 {
    "three"
}

#[narrated(actor = "pool-managerd", action = "idle")]
async fn count_later() -> u64 {
    "three"
}

fn main() {
    let _ = rest();
    let _ = count();
    drop(count_later());
}
