//! The vocabulary's parser on arbitrary text: it never panics, and every
//! problem has a place in the file.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lines = text.lines().count().max(1) + 1;
    for problem in narration_taxonomy::parse(text).1 {
        assert!(problem.place.line <= lines, "{problem:?}");
    }
});
