//! The context fields every service has, generated from the built-in vocabulary.
//!
//! In: nothing. Out: their table, and the place each has in a record.

use narration_record::FieldName;

narration_macros::builtin!();

/// The name of a built-in field, with its place.
pub(crate) fn name(name: &'static str) -> FieldName {
    FieldName::declared(name, rank(name))
}
