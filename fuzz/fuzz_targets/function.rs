//! The arguments of `#[narrated]` on the first line, the item behind it. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("function", data));
