//! A vocabulary's field on a context.
//!
//! In: what a scope recorded, or what was given by name and checked. Out: a
//! value that is safe already, and whether it may leave the process.

use std::borrow::Cow;

use narration_record::{FieldName, Fields};
use narration_taxonomy::Class;
use tracing_core::field::{Field, Visit};

use crate::builtin;
use crate::dynamic::FieldValue;
use crate::emit;

/// A field that everything beneath inherits. Its value was made safe by its class.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContextField {
    pub(crate) name: &'static str,
    pub(crate) value: FieldValue<'static>,
    /// Whether it goes with the context to other processes: ids, numbers and public words do.
    pub(crate) crosses: bool,
    /// Whether the name is a vocabulary's.
    pub(crate) declared: bool,
}

impl ContextField {
    /// Writes it into a span's fields.
    pub(crate) fn write(&self, fields: &mut Fields) {
        let name =
            FieldName { name: self.name, rank: builtin::rank(self.name), declared: self.declared };
        match &self.value {
            FieldValue::Str(text) => fields.str(name, text),
            FieldValue::U64(number) => fields.u64(name, *number),
            FieldValue::I64(number) => fields.i64(name, *number),
            FieldValue::F64(number) => fields.f64(name, *number),
            FieldValue::Bool(truth) => fields.bool(name, *truth),
            // Times were made numbers when they were checked.
            FieldValue::Duration(_) => {}
        }
    }
}

/// Whether values of this class may leave the process with a context.
pub(crate) fn crosses(class: Class) -> bool {
    matches!(class, Class::Public | Class::Id)
}

/// Collects what a scope hands down. The values are safe: the call site saw to that.
pub(super) struct Collector<'c> {
    /// What the vocabulary says of the fields, by their index.
    pub(super) rules: &'static [emit::Field],
    pub(super) found: &'c mut Vec<ContextField>,
}

impl Collector<'_> {
    fn keep(&mut self, field: &Field, value: FieldValue<'static>) {
        let crosses = self.rules.get(field.index()).is_some_and(|rule| crosses(rule.class));
        self.found.push(ContextField { name: field.name(), value, crosses, declared: true });
    }
}

impl Visit for Collector<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, FieldValue::Str(Cow::Owned(value.to_owned())));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, FieldValue::U64(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, FieldValue::I64(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.keep(field, FieldValue::F64(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, FieldValue::Bool(value));
    }

    // Scopes record nothing else.
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
