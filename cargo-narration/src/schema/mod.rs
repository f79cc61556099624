//! A vocabulary for machines.
//!
//! In: a vocabulary. Out: the JSON Schema of its records, or a registry of
//! OpenTelemetry's semantic conventions.

mod record;
mod registry;

pub(crate) use record::record;
pub(crate) use registry::{manifest, registry};
