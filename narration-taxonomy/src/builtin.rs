//! The context fields every service has without declaring them.
//!
//! In: nothing. Out: the built-in fields in the order of the record, read
//! from `builtin.toml` by the same parser as every vocabulary.

use std::sync::OnceLock;

use crate::findings::Findings;
use crate::model::{Field, Place};
use crate::sections;
use crate::source::Source;

/// The built-in fields, in the order of the record. Their places have the line 0.
#[must_use]
pub fn builtin_fields() -> &'static [Field] {
    static FIELDS: OnceLock<Vec<Field>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let source = Source::new(0, include_str!("builtin.toml"));
        let mut fields = sections::read(&source, &mut Findings::default()).fields;
        for field in &mut fields {
            field.place = Place::default();
            if let Some(example) = &mut field.example {
                example.place = Place::default();
            }
        }
        fields
    })
}

/// The built-in field of that name.
#[must_use]
pub fn builtin_field(name: &str) -> Option<&'static Field> {
    builtin_fields().iter().find(|field| field.name == name)
}

/// Where in the order of the record a built-in field comes; `None` for what
/// is not built in.
#[must_use]
pub fn builtin_rank(name: &str) -> Option<usize> {
    builtin_fields().iter().position(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Type};

    #[test]
    fn the_built_in_vocabulary_is_sound() {
        let source = Source::new(0, include_str!("builtin.toml"));
        let mut findings = Findings::default();
        sections::read(&source, &mut findings);
        assert_eq!(findings.into_sorted(), []);
    }

    #[test]
    fn the_record_begins_with_the_correlation_id() {
        assert_eq!(builtin_rank("correlation_id"), Some(0));
        assert!(builtin_rank("session_id") < builtin_rank("duration_ms"));
        assert_eq!(builtin_rank("pool_id"), None);
    }

    #[test]
    fn an_outcome_is_one_of_four_and_an_error_is_free_text() {
        let Type::Enum(values) = &builtin_field("outcome").unwrap().ty else { panic!() };
        assert_eq!(values, &["ok", "failed", "cancelled", "panicked"]);
        assert_eq!(builtin_field("error").unwrap().class, Class::Text);
    }
}
