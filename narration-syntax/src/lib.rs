//! The grammar and the rules of `narrate!` and `#[narrated]`, shared by the
//! macros and by the reader's source scan, so that both refuse the same things
//! in the same words.
//!
//! In: tokens and a [`Vocabulary`]. Out: a [`Narration`] or a [`Story`] that
//! cannot be wrong, or every fault at the one wrong token. The way is always the
//! same: parse (as written) → check (against the vocabulary) → resolved. Nothing
//! here panics, prints or reads a file.

pub mod arguments;
pub mod call;
pub mod catalog;
pub mod check;
mod choices;
pub mod errors;
pub mod function;
mod literal;
pub mod narration;
mod parse;
pub mod pipeline;
pub mod scan;
pub mod scope;
#[cfg(test)]
mod testing;
mod tokens;
pub mod vocabulary;

pub use arguments::{Arguments, Expression, FieldArgument, Setting};
pub use call::NarrateCall;
pub use check::{check_call, check_context, check_fn};
pub use errors::{Errors, Extent, Fault};
pub use function::{Function, Item, NarratedFn};
pub use narration::{
    Deprecation, Ending, FieldValue, Narration, Piece, Sigil, Site, Story, Target, Telling, Value,
};
pub use pipeline::{Narrated, Refused, RefusedItem, Told, narrate, narrated};
pub use scope::hand_down;
pub use vocabulary::Vocabulary;
