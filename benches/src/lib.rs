//! What narrating costs, beside what others cost that do the same.
//!
//! In: the name of a [`Case`] and how often. Out: the work, to be timed by
//! criterion or counted by callgrind; the very same functions serve both, and
//! the tests beside them prove that both sides write the same record.

mod calls;
mod case;
mod context;
mod detector;
mod memory;
mod request;
mod stack;

pub use case::{ALL, Case};
pub use memory::Memory;
pub use stack::Stack;
