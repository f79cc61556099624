//! N0013: rustc's own warning, at the name; here it is made an error.

#![deny(deprecated)]

use narration_runtime::{narrate, narrated};

struct Dog;

#[narrated(actor = "watchdog")]
impl Dog {
    fn bark(&self) {
        narrate!("bark");
    }
}

struct Cat;

impl Cat {
    #[narrated(actor = "watchdog")]
    fn bark(&self) {
        narrate!("bark");
    }
}

#[narrated(actor = "pool-managerd", action = "halt")]
fn halt() {}

fn main() {
    narrate!(actor = "watchdog", action = "bark");
    narrate!(actor = "pool-managerd", action = "halt");
    narrate!(actor = "pool-managerd", action = "spawn", human = "Spawning", pool_id = "a", pool = "b");
    Dog.bark();
    Cat.bark();
    halt();
}
