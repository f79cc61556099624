//! An expansion needs no prelude.
//!
//! In: a crate without one. Out: it compiles without a warning.
#![deny(warnings)]
#![no_implicit_prelude]

use ::narration_runtime::{narrate, narrated, scope, taxonomy};

#[narrated(actor = "pool-managerd", action = "spawn")]
fn told(
    pool_id: &str,
    jobs: ::core::option::Option<u64>,
) -> ::core::result::Result<u64, ::std::io::Error> {
    narrate!("spawn", "Spawning on {pool_id}", jobs, hf_token = "x", prompt = ?pool_id, eta = ::core::time::Duration::ZERO);
    ::core::result::Result::Ok(3)
}

#[narrated(actor = "pool-managerd", action = "spawn")]
async fn told_later(
    pool_id: &str,
) -> ::core::result::Result<(), ::std::boxed::Box<dyn ::core::error::Error>> {
    told(pool_id, ::core::option::Option::None)?;
    ::core::result::Result::Ok(())
}

#[test]
fn it_compiles() {
    ::core::assert!(told("default", ::core::option::Option::Some(3)).is_ok());
    ::core::mem::drop(told_later("default"));
    ::core::assert_eq!(taxonomy!().name, "ui-tests");
    let _entered = scope!(pool_id = "default", job_id = "3").entered();
}

#[test]
fn nothing_is_evaluated_while_nobody_listens() {
    fn never() -> u64 {
        ::core::panic!("evaluated")
    }
    narrate!(actor = "pool-managerd", action = "drain", pool_id = "default", jobs = never());
}
