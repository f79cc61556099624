//! N0018: a third text has no meaning.

use narration_runtime::narrate;

fn main() {
    narrate!("tick", "Looking for work", "everywhere");
}
