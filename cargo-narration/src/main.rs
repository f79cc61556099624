//! `cargo narration`: what was typed in, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_narration::main(std::env::args_os())
}
