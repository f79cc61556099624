//! A first vocabulary, from what a crate says today.
//!
//! In: sources that print and log. Out: actions with texts, levels and fields
//! as the sources have them, and a vocabulary of them that the compiler takes.

mod draft;
mod fields;
mod said;
mod write;

pub(crate) use draft::{Draft, draft};
pub(crate) use said::said;
pub(crate) use write::vocabulary;
