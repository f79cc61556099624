//! N0009: a secret in the source; it is not repeated in the message.

use narration_runtime::narrate;

fn main() {
    narrate!(actor = "pool-managerd", action = "idle", human = "Fetching with ghp_16C7e42F292c6912E7710c838347Ae178B4a");
}
