//! N0025: the text of a fn is told before its body runs.

use narration_runtime::narrated;

#[narrated(actor = "pool-managerd", action = "idle", human = "Nothing to do: {note}")]
fn rest() {
    let note = "night";
    let _ = note;
}

fn main() {
    rest();
}
