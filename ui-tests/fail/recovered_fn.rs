//! A refused attribute leaves the fn as it was, and the scope it gives to its body.

#![deny(warnings)]

use narration_runtime::{narrate, narrated};

/// Spawns.
#[narrated(actor = "pool-managerd", action = "spwan", target = pool_id)]
pub fn spawn(pool_id: &str) -> usize {
    narrate!("idle", "Nothing to do");
    narrate!("idel", "Nothing to do");
    pool_id.len()
}

fn main() {
    let length: u8 = spawn("default");
    let _ = length;
}
