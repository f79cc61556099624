//! The part of a vocabulary that a published package needs.
//!
//! In: a package's vocabulary and what it narrates. Out: one file that stands
//! for itself, with what the package uses and nothing else.

mod packed;
mod part;
mod write;

pub(crate) use packed::Packed;
pub(crate) use part::part;
pub(crate) use write::write;
