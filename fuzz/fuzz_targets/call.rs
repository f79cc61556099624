//! What stands between the parentheses of `narrate!` and `scope!`. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("call", data));
