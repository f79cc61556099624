//! A model provisioner that narrates what it does.
//!
//! In: a model reference, and the digest the model should have. Out: a model
//! that is present and verified, or an error that says why not; and, on the
//! way, the nine narrations declared in `narration.toml`.

pub mod demo;
pub mod digest;
mod download;
pub mod error;
pub mod provisioner;
pub mod reference;
mod verify;

pub use digest::Digest;
pub use error::ProvisionError;
pub use provisioner::{Model, Provisioner};
pub use reference::ModelRef;
