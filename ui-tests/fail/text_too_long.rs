//! N0012: a text is one short line.

use narration_runtime::narrate;

fn main() {
    narrate!(
        actor = "pool-managerd",
        action = "idle",
        human = "Nothing to do, because nobody has asked for anything, which happens at night, at noon and on Sundays too",
    );
}
