//! What depends on files and manifests: which vocabulary governs, what is told
//! of a bad one, when a crate is built anew, and where the runtime is found.
//!
//! In: whole packages, made on the spot. Out: what cargo says of them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "projects/discovery.rs"]
mod discovery;
#[path = "projects/editions.rs"]
mod editions;
#[path = "projects/faults.rs"]
mod faults;
#[path = "projects/paths.rs"]
mod paths;
#[path = "projects/project.rs"]
mod project;
#[path = "projects/rebuild.rs"]
mod rebuild;
