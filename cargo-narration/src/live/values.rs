//! The values in a record.
//!
//! In: a field's declaration and what a line has for it. Out: values of another
//! type, words that are none of an enum's, and values that should be hidden.

use narration_record::Value;
use narration_syntax::{Vocabulary, catalog};
use narration_taxonomy::{Class, Field, PiiMode, Type, nearest};

use super::Kind;
use super::words::quoted;
use crate::rules;

pub(super) fn check(
    vocabulary: &Vocabulary,
    field: &Field,
    value: &Value,
    found: &mut impl FnMut(Kind),
) {
    let class = vocabulary.class(field);
    if class.is_hidden() || class == Class::Pii {
        if !is_hidden(vocabulary, class, value) {
            let message = format!("`{}` is of class {class} and shows a value", field.name);
            found(Kind::new(&rules::SECRET_TOLD, message));
        }
        return;
    }
    if let (Type::Enum(values), Value::Str(word)) = (&field.ty, value) {
        if !values.contains(word) {
            let message =
                format!("`{}` is {}, which is none of its values", field.name, quoted(word));
            let meant = nearest(word, values.iter().map(String::as_str));
            found(Kind::new(&catalog::UNKNOWN_VALUE, message).meant(meant));
        }
        return;
    }
    if !fits(&field.ty, value) {
        let message =
            format!("`{}` is declared as {} and holds {}", field.name, field.ty, described(value));
        found(Kind::new(&catalog::WRONG_TYPE, message));
    }
}

/// Whether a value has the shape of what its class makes of it.
fn is_hidden(vocabulary: &Vocabulary, class: Class, value: &Value) -> bool {
    let Value::Str(text) = value else { return false };
    match class {
        Class::Secret => text.starts_with("[redacted:"),
        Class::Content => text.starts_with("[content:"),
        // Initials have no shape of their own.
        _ if vocabulary.taxonomy().redaction.mode == PiiMode::Partial => true,
        _ => text.starts_with("[redacted:") || text.starts_with("[pii:"),
    }
}

fn fits(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::String, Value::Str(_)) | (Type::Bool, Value::Bool(_)) => true,
        (Type::U64, Value::U64(_)) => true,
        (Type::I64, Value::U64(number)) => i64::try_from(*number).is_ok(),
        (Type::I64, Value::I64(_)) => true,
        (Type::F64, Value::F64(_) | Value::U64(_) | Value::I64(_)) => true,
        (Type::F64, Value::Str(word)) => matches!(word.as_str(), "NaN" | "Infinity" | "-Infinity"),
        _ => false,
    }
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Str(_) => "text",
        Value::U64(_) => "a number",
        Value::I64(_) => "a number below zero",
        Value::F64(_) => "a fraction",
        Value::Bool(_) => "a truth value",
    }
}
