//! What a field's values become in a snapshot.
//!
//! In: a field's name. Out: its [`Kind`], as the vocabulary and the test declare
//! it; the value is not looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use narration_taxonomy::{Class, Field, Taxonomy, Type, Unit, builtin_fields};

/// What becomes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Numbered by first appearance among the values of the same name: `job#2`.
    Ordinal(String),
    /// A time that another run has otherwise.
    Elapsed(&'static str),
    /// Stays, but for folders and for the values of other fields inside of it.
    Plain,
}

/// What a test says about fields, over what the vocabulary says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    pub(crate) vocabulary: Option<Arc<Taxonomy>>,
    pub(crate) kept: BTreeSet<String>,
    pub(crate) ids: BTreeSet<String>,
}

impl Kinds {
    /// What the values of this field become.
    pub(crate) fn of(&self, name: &str) -> Kind {
        if self.kept.contains(name) {
            return Kind::Plain;
        }
        if self.ids.contains(name) {
            return Kind::Ordinal(ordinal(name));
        }
        match self.field(name) {
            Some(field) => declared(field),
            None => Kind::Plain,
        }
    }

    fn field(&self, name: &str) -> Option<&Field> {
        let declared = self.vocabulary.as_ref().and_then(|vocabulary| vocabulary.field(name));
        declared.or_else(|| builtin_fields().iter().find(|field| field.name == name))
    }

    /// The field that is the target of an action.
    pub(crate) fn target(&self, actor: &str, action: &str) -> Option<&str> {
        let action = self.vocabulary.as_ref()?.actor(actor)?.action(action)?;
        Some(&action.target.as_ref()?.value)
    }
}

fn declared(field: &Field) -> Kind {
    match (field.class, &field.ty, field.unit) {
        // Two values that differ have other fingerprints, which keys make anew for each process.
        (Class::Id | Class::Content | Class::Pii, Type::String, _) => {
            Kind::Ordinal(ordinal(&field.name))
        }
        (_, _, Some(Unit::Nanoseconds)) => Kind::Elapsed("<ns>"),
        (_, _, Some(Unit::Microseconds)) => Kind::Elapsed("<us>"),
        (_, _, Some(Unit::Milliseconds)) => Kind::Elapsed("<ms>"),
        (_, _, Some(Unit::Seconds)) => Kind::Elapsed("<s>"),
        _ => Kind::Plain,
    }
}

/// What the ordinals of a field are called. Fields that hold the same thing share them.
fn ordinal(field: &str) -> String {
    match field {
        "correlation_id" | "caused_by" | "client_correlation_id" => "corr",
        "parent_span_id" => "span",
        _ => field.strip_suffix("_id").filter(|stem| !stem.is_empty()).unwrap_or(field),
    }
    .to_owned()
}
