//! The text of a source file, as the reader scans it. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("source", data));
