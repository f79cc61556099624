//! Where a narration's actor comes from: the nearest place that names one.
//!
//! In: calls under a mod, an impl, a fn and a manifest. Out: who acted.
#![deny(warnings)]

mod heard;

use heard::heard;
use narration_runtime::{narrate, narrated};

#[narrated(actor = "pool-managerd")]
mod pools {
    use narration_runtime::{narrate, narrated};

    pub(crate) struct Pool;

    impl Pool {
        pub(crate) fn of_the_mod(&self) {
            narrate!("idle", "By the mod");
        }

        #[narrated(actor = "scheduler")]
        pub(crate) fn of_the_fn(&self) {
            narrate!("tick", "By the fn");
        }

        pub(crate) fn of_the_call(&self) {
            narrate!(actor = "scheduler", action = "tick", human = "By the call");
        }

        #[narrated(action = "idle")]
        pub(crate) fn told(&self) {
            let tell = || narrate!("idle", "In a closure");
            tell();
        }
    }

    #[narrated(actor = "scheduler")]
    impl Pool {
        pub(crate) fn of_the_impl(&self) {
            narrate!("tick", "By the impl");
            macro_rules! tell {
                ($($call:tt)*) => { narrate!($($call)*) };
            }
            tell!("tick", "By the macro's place");
        }
    }

    #[narrated(actor = "scheduler")]
    pub(crate) trait Keeps {
        fn by_default(&self) {
            narrate!("tick", "By the trait");
        }
    }

    impl Keeps for Pool {}

    pub(crate) mod inner {
        pub(crate) fn of_the_outer_mod() {
            ::narration_runtime::narrate!("idle", "By the mod around");
        }
    }
}

fn of_the_manifest() {
    narrate!("tick", "By the manifest");
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn named_with_the_action() {
    narrate!("idle", "By the attribute");
}

#[test]
fn the_nearest_place_wins() {
    use pools::{Keeps as _, Pool};
    let told = heard(|| {
        Pool.of_the_mod();
        Pool.of_the_fn();
        Pool.of_the_call();
        Pool.of_the_impl();
        Pool.by_default();
        pools::inner::of_the_outer_mod();
        of_the_manifest();
    });
    assert_eq!(
        told,
        [
            "pool-managerd::idle By the mod",
            "scheduler::tick By the fn",
            "scheduler::tick By the call",
            "scheduler::tick By the impl",
            "scheduler::tick By the macro's place",
            "scheduler::tick By the trait",
            "pool-managerd::idle By the mod around",
            "scheduler::tick By the manifest",
        ]
    );
}

#[test]
fn a_told_fn_and_its_body_have_one_actor() {
    let told = heard(|| {
        pools::Pool.told();
        named_with_the_action();
    });
    assert_eq!(told.len(), 6);
    assert!(told.iter().all(|line| line.starts_with("pool-managerd::idle ")), "{told:?}");
}
