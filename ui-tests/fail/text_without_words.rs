//! N0022: an id alone tells nothing.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "drain", human = "{pool_id}: {jobs}", pool_id = "default", jobs = 3);
}
