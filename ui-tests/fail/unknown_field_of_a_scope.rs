//! N0004: a scope hands down fields of the vocabulary alone.

use narration_runtime::scope;

fn main() {
    let scope = scope!(pool_idd = "default", jobs = 3);
    scope.in_scope(|| {});
}
