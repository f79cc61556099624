//! Every refusal there is, by name.
//!
//! In: nothing. Out: the rules of calls and attributes, which the ground floor
//! keeps, and the list of all rules, those of vocabularies included.

use narration_taxonomy::Rule;

pub use narration_taxonomy::catalog::*;

/// Every refusal there is: of calls and attributes first, then of vocabularies.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().chain(narration_taxonomy::rules::ALL).copied()
}
