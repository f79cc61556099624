//! The context fields every service has, generated from the built-in vocabulary.
//!
//! In: nothing. Out: their table, and the place each has in a record.

narration_macros::builtin!();
