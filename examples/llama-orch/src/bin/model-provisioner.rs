//! The process of `model-provisioner`.
//!
//! In: its arguments. Out: its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    llama_orch::service::run::<llama_orch::model::ModelProvisioner>()
}
