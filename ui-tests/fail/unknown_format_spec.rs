//! N0017: a format specification that is none.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "drain", human = "Draining {jobs:3!}", pool_id = "a", jobs = 3);
}
