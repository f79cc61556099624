//! An expansion means what it meant, whatever the names around it mean.
//!
//! In: a crate that has taken every name an expansion could lean on. Out: it
//! compiles without a warning.
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types, non_snake_case, unused_macros)]

use ::narration_runtime::{narrate, narrated};

mod std {}
mod core {}
mod alloc {}
mod tracing {}
mod tracing_core {}
mod __private {}

struct Option;
struct Result;
struct Box;
struct String;
struct Val;
struct Value;
struct Site;
struct Level;
struct Typed;
struct str;
struct u64;
struct bool;
struct None;
fn Some() {}
fn Ok() {}
fn Err() {}
const __NARRATION: () = ();
static STORY: () = ();

macro_rules! println {
    () => {};
}
macro_rules! format_args {
    () => {};
}
macro_rules! include_bytes {
    () => {};
}
macro_rules! option_env {
    () => {};
}
macro_rules! file {
    () => {};
}
macro_rules! line {
    () => {};
}
macro_rules! module_path {
    () => {};
}
macro_rules! compile_error {
    () => {};
}
macro_rules! concat {
    () => {};
}

#[narrated(actor = "pool-managerd")]
fn called() {
    let (pool_id, jobs, value_0, target, story, err) = ("default", 3, 1.5, "a", "b", "c");
    narrate!(
        action = "spawn",
        target = target,
        human = "Spawning on {pool_id:>8} with {jobs:03} jobs",
        ratio = value_0,
        note = story,
        engine = err,
    );
}

#[narrated(actor = "pool-managerd", action = "spawn", target = target, ratio = *value_0)]
fn told(pool_id: &'static ::core::primitive::str, target: ::core::primitive::u64, value_0: &f64) {
    let (story, returned) = (target, value_0);
    narrate!("idle", "Nothing to do");
    let _ = (story, returned);
}

#[narrated(actor = "pool-managerd", action = "spawn", error_kind = err)]
async fn told_later(
    pool_id: &::core::primitive::str,
) -> ::core::result::Result<(), &::core::primitive::str> {
    ::core::result::Result::Err(pool_id)
}

#[test]
fn it_compiles() {
    called();
    told("default", 3, &0.5);
    drop(told_later("default"));
    let pool_id = "default";
    let _entered = ::narration_runtime::scope!(pool_id, job_id = pool_id).entered();
}
