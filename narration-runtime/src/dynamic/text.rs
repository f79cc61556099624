//! The words of a narration put together at run time.
//!
//! In: a template and safe values. Out: text and target. What the caller wrote
//! was seen by no compiler, so it goes through the detector as well.

use std::borrow::Cow;

use narration_taxonomy::{Class, Piece};

use super::FieldValue;
use super::check::Checked;
use crate::emit::{self, Safe, Scratch};
use crate::redaction::Rules;
use crate::taxonomy::{self, Type};
use crate::value::{Shown, Value};

/// The rule of a field, as the way of every narration has it.
pub(super) fn rule(field: &taxonomy::Field) -> emit::Field {
    let words = match field.ty {
        Type::Enum(words) => words,
        _ => &[],
    };
    emit::Field { class: field.class, words }
}

/// A value on its way to be made safe. A number of a sensitive class is text there.
pub(super) fn value<'v>(value: &'v FieldValue<'_>, field: &taxonomy::Field) -> Value<'v> {
    let sensitive = matches!(field.class, Class::Pii | Class::Secret | Class::Content);
    match value {
        FieldValue::Str(text) => Value::Shown(Shown::Str(text)),
        FieldValue::U64(number) if sensitive => Value::Shown(Shown::Display(number)),
        FieldValue::I64(number) if sensitive => Value::Shown(Shown::Display(number)),
        FieldValue::F64(number) if sensitive => Value::Shown(Shown::Display(number)),
        FieldValue::Bool(truth) if sensitive => Value::Shown(Shown::Display(truth)),
        FieldValue::U64(number) => Value::U64(Some(*number)),
        FieldValue::I64(number) => Value::I64(Some(*number)),
        FieldValue::F64(number) => Value::F64(Some(*number)),
        FieldValue::Bool(truth) => Value::Bool(Some(*truth)),
        // Checked values of time are numbers in their field's unit.
        FieldValue::Duration(_) => Value::U64(None),
    }
}

/// The target: the caller's, else the value of the vocabulary's target field.
pub(super) fn target<'t>(
    rules: &Rules,
    given: Option<&'t str>,
    checked: &Checked<'_>,
    fields: &[&str],
    own: &[Safe<'_>],
    scratch: &mut Scratch,
) -> Option<Cow<'t, str>> {
    if let Some(target) = given {
        return Some(rules.by_class(target, Class::Text, &[]));
    }
    let index = fields.iter().position(|name| Some(*name) == checked.action.target)?;
    let spelled = scratch.spelled(*own.get(index)?);
    scratch.as_text(spelled).map(|text| Cow::Owned(text.to_owned()))
}

/// The text.
pub(super) fn human(
    rules: &Rules,
    checked: &Checked<'_>,
    fields: &[&str],
    own: &[Safe<'_>],
    scratch: &mut Scratch,
) -> String {
    let mut text = String::new();
    for piece in &checked.text.pieces {
        match piece {
            Piece::Literal { text: words, .. } => {
                text.push_str(&rules.by_class(words, Class::Text, &[]))
            }
            Piece::Placeholder { name, .. } => {
                let index = fields.iter().position(|known| known == name);
                let value = index.and_then(|index| own.get(index)).copied().unwrap_or(Safe::Absent);
                let spelled = scratch.spelled(value);
                text.push_str(scratch.as_text(spelled).unwrap_or(crate::value::NONE));
            }
        }
    }
    text
}
