//! What must hold whatever comes in: one property a door of the library.
//!
//! In: bytes. Out: nothing when all holds; a failed assertion otherwise, which a
//! fuzzer and a test both notice. `fuzz_targets` hands these to libFuzzer, the
//! tests of this package go through seeds and neighbours of seeds.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a property that does not hold is told by a failing assertion"
)]

mod calls;
mod detector;
mod functions;
mod headers;
mod lines;
mod logs;
mod record;
mod source;
mod spans;
mod story;
mod template;
mod vocabulary;

/// One door of the library.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: of the fuzz target, and of the folder of its seeds.
    pub name: &'static str,
    /// Holds the property against what comes in.
    pub check: fn(&[u8]),
    /// Words that mean something behind this door.
    pub words: &'static [&'static str],
}

/// Every door.
pub const TARGETS: &[Target] = &[
    Target { name: "call", check: calls::check, words: calls::WORDS },
    Target { name: "detector", check: detector::check, words: detector::WORDS },
    Target { name: "function", check: functions::check, words: calls::WORDS },
    Target { name: "headers", check: headers::check, words: headers::WORDS },
    Target { name: "logs", check: logs::check, words: story::WORDS },
    Target { name: "record", check: record::check, words: record::WORDS },
    Target { name: "source", check: source::check, words: calls::WORDS },
    Target { name: "story", check: story::check, words: story::WORDS },
    Target { name: "template", check: template::check, words: template::WORDS },
    Target { name: "vocabulary", check: vocabulary::check, words: vocabulary::WORDS },
];

/// Holds the property of this name against what comes in, for a fuzzer, which comes again and
/// again on one thread: the places of tokens that were read before are forgotten.
pub fn check(name: &str, data: &[u8]) {
    proc_macro2::extra::invalidate_current_thread_spans();
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").check)(data);
}
