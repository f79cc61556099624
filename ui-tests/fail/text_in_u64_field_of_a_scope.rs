//! N0007: a scope's values are typed too.

use narration_runtime::scope;

fn main() {
    let jobs = "three";
    let _scope = scope!(pool_id = "default", jobs);
}
