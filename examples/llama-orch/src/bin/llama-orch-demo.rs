//! Five scenarios in a system that is made for them.
//!
//! In: a folder to work in, and a reader of stories if there is one. Out: what
//! happened, on standard output; the logs of five services; nothing that runs.

use std::process::ExitCode;

fn main() -> ExitCode {
    llama_orch::demo::main()
}
