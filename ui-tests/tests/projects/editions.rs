//! Every edition a service may have.

use crate::project::{Project, VOCABULARY, manifest};

/// What a crate that forbids warnings and allows unsafe code may hold.
const PROGRAM: &str = r#"
#![deny(warnings, rust_2018_idioms, missing_debug_implementations, unused_qualifications)]
#![warn(clippy::all)]
#![allow(clippy::missing_safety_doc)]
//! A program.

use std::future::Future;
use std::pin::Pin;

use narration_runtime::{narrate, narrated};

/// Told.
#[narrated(actor = "worker", action = "start")]
pub unsafe fn raw(jobs: &u64) -> u64 {
    let pointer: *const u64 = jobs;
    unsafe { *pointer }
}

/// Told.
#[narrated(actor = "worker", action = "start")]
pub unsafe extern "C" fn called(jobs: u64) -> u64 {
    jobs
}

#[narrated(actor = "worker", action = "start")]
async fn later(jobs: u64) -> Result<u64, std::io::Error> {
    narrate!(action = "start", human = "Starting {jobs} jobs");
    let read = std::fs::read("jobs")?;
    Ok(jobs + read.len() as u64)
}

#[narrated(actor = "worker", action = "start")]
fn boxed<'a>(jobs: &'a u64) -> Pin<Box<dyn Future<Output = u64> + Send + 'a>> {
    Box::pin(async move { *jobs })
}

fn main() {
    let jobs = 3_u64;
    narrate!(actor = "worker", action = "start", jobs);
    let _ = unsafe { raw(&jobs) + called(jobs) };
    drop(later(jobs));
    drop(boxed(&jobs));
}
"#;

#[test]
fn each_compiles_without_a_warning() {
    for edition in ["2021", "2024"] {
        let name = format!("edition-{edition}");
        let project = Project::new(&name);
        let manifest =
            manifest(&name).replace("edition = \"2024\"", &format!("edition = \"{edition}\""));
        project.file("Cargo.toml", manifest + "[workspace]\n");
        project.file("narration.toml", VOCABULARY);
        project.file("src/main.rs", PROGRAM.trim_start());
        assert_eq!(project.check(), [""; 0], "edition {edition}");
    }
}
