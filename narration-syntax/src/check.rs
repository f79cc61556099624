//! The rules: as written and the vocabulary in, resolved out.
//!
//! Each rule is one function that reports what it refuses and goes on, so that
//! all faults of a call are told together. What comes out cannot be wrong.

mod call;
mod context;
mod duplicates;
mod fields;
mod function;
mod level;
mod missing;
mod outcome;
mod parameters;
mod scene;
mod sensitive;
mod target;
mod text;
mod value;

pub use call::check_call;
pub use context::check_context;
pub use function::check_fn;

pub(crate) use scene::{deprecation, known_actor};
pub(crate) use sensitive::announces;

#[cfg(test)]
mod tests;
