//! A log file, packed or not, from the file to the report. What must hold is in `properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_properties::check("logs", data));
