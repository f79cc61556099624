//! `cargo narration`: the command line.

fn main() {}
