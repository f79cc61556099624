//! A text that may hold secrets. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("detector", data));
