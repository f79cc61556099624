//! A scope has neither actor nor action.

use narration_runtime::scope;

fn main() {
    let _scope = scope!(actor = "pool-managerd", action = "idle", pool_id = "default");
    let _scope = scope!("idle");
}
