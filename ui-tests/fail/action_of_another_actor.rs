//! N0003: the action is another actor's.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "scheduler", action = "drain", human = "Draining");
}
