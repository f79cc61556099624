//! The lines of a log, told as one story. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("story", data));
