//! N0018: `taxonomy!()` takes nothing.

use narration_runtime::taxonomy;

fn main() {
    let _ = taxonomy!("narration.toml");
}
