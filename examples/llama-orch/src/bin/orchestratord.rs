//! The process of `orchestratord`.
//!
//! In: its arguments. Out: its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    llama_orch::service::run::<llama_orch::orchestrator::Orchestrator>()
}
