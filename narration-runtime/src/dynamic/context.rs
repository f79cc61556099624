//! A field of a context, given by name.
//!
//! In: a name and a value. Out: the vocabulary's field and a value made safe
//! by its class, or the fault, as narrations have it.

use std::borrow::Cow;

use narration_taxonomy::catalog;

use super::{Fault, FieldValue, check, text};
use crate::emit::{Safe, Scratch};
use crate::redaction::Rules;
use crate::taxonomy::{Field, Table};

/// What the context itself says.
const ITS_OWN: [&str; 6] = [
    "correlation_id",
    "client_correlation_id",
    "trace_id",
    "span_id",
    "parent_span_id",
    "caused_by",
];

/// Checks one field and makes its value safe.
pub(crate) fn in_context(
    table: &'static Table,
    name: &str,
    value: &FieldValue<'_>,
) -> Result<(&'static Field, FieldValue<'static>), Fault> {
    let Some(field) = table.field(name) else {
        let fault = Fault::new(&catalog::UNKNOWN_FIELD, format!("there is no field `{name}`"));
        return Err(fault.instead_of(name, table.fields.iter().map(|known| known.name)));
    };
    if ITS_OWN.contains(&field.name) {
        let message = format!("`{name}` is said by the context itself");
        return Err(Fault::new(&catalog::FIELD_NOT_ALLOWED, message));
    }
    let typed = check::typed(field, value)?;
    let rules = table.policy.map_or_else(Rules::standard, Rules::of);
    let mut scratch = Scratch::take();
    let safe = scratch.make_safe(rules, &text::value(&typed, field), Some(&text::rule(field)));
    let value = match safe {
        Safe::U64(number) => FieldValue::U64(number),
        Safe::I64(number) => FieldValue::I64(number),
        Safe::F64(number) => FieldValue::F64(number),
        Safe::Bool(truth) => FieldValue::Bool(truth),
        other => FieldValue::Str(Cow::Owned(scratch.as_text(other).unwrap_or_default().to_owned())),
    };
    Ok((field, value))
}
