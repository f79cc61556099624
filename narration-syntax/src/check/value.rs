//! N0007, N0009, N0021: a literal is of its field's type, one of its values,
//! and no secret. What is no literal is left to the compiler.
//!
//! In: a field and the value written for it. Out: the resolved value, and the faults.

use narration_redact::looks_secret;
use narration_taxonomy::{Class, Field, Type};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Lit, LitStr};

use crate::arguments::Expression;
use crate::catalog;
use crate::choices::{did_you_mean, listed};
use crate::errors::{Errors, Extent, Fault};
use crate::literal::{Literal, Written};
use crate::narration::{Sigil, Value};
use crate::vocabulary::Vocabulary;

/// The value as it is carried on.
pub(super) fn resolve(written: &Expression) -> Value {
    Value {
        sigil: written.sigil,
        expr: written.tokens.clone(),
        literal: string(&written.tokens).map(|text| text.value()),
        span: Extent::of(&written.tokens).span(),
    }
}

/// The expression, when it is a string literal.
pub(super) fn string(tokens: &TokenStream) -> Option<LitStr> {
    match Literal::of(tokens)?.written {
        Written::Other(Lit::Str(text)) => Some(text),
        _ => None,
    }
}

/// Holds what is written against the field's declaration.
pub(super) fn check(
    field: &Field,
    written: &Expression,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) {
    if written.sigil != Sigil::Plain {
        errors_of_sigil(field, written, vocabulary, errors);
        return;
    }
    let Some(literal) = Literal::of(&written.tokens) else { return };
    if let Some(found) = misfit(&field.ty, &literal) {
        errors.push(wrong_type(field, &written.tokens, found, vocabulary));
    }
    if let Written::Other(Lit::Str(text)) = &literal.written {
        enum_value(field, text, vocabulary, errors);
        if vocabulary.class(field) != Class::Secret {
            secret(text, errors);
        }
    }
}

/// `%` and `?` make text, and text is no number.
fn errors_of_sigil(
    field: &Field,
    written: &Expression,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) {
    if matches!(field.ty, Type::String | Type::Enum(_)) {
        return;
    }
    let mark = if written.sigil == Sigil::Display { '%' } else { '?' };
    let found = format!("`{mark}` makes text of the value");
    let fault = wrong_type(field, &written.tokens, &found, vocabulary);
    errors.push(fault.help(format!("give the value without `{mark}`")));
}

fn wrong_type(
    field: &Field,
    tokens: &impl ToTokens,
    found: &str,
    vocabulary: &Vocabulary,
) -> Fault {
    let message = format!("`{}` is {}, and {found}", field.name, described(&field.ty));
    let place = vocabulary.show(field.place);
    let declared = (!place.is_empty()).then(|| format!("declared: {place}"));
    Fault::new(&catalog::WRONG_TYPE, tokens, message).note(declared)
}

/// What a type is called in a sentence.
fn described(ty: &Type) -> String {
    match ty {
        Type::Enum(values) => format!("one of {}", crate::choices::capped(values)),
        Type::I64 | Type::F64 => format!("an {}", ty.name()),
        ty => format!("a {}", ty.name()),
    }
}

/// What is wrong with the literal for a field of that type.
fn misfit(ty: &Type, literal: &Literal) -> Option<&'static str> {
    let found = literal.described();
    let fits = match (ty, &literal.written) {
        // A char is told as text as well; the compiler decides.
        (_, Written::Other(Lit::Char(_))) if *ty == Type::String => true,
        (Type::String | Type::Enum(_), Written::Other(Lit::Str(_))) => true,
        (Type::Bool, Written::Other(Lit::Bool(_))) => true,
        (Type::F64, Written::Integer(_) | Written::Float) => true,
        (Type::U64, Written::Integer(_)) if literal.negative => return Some("this is negative"),
        (Type::U64, Written::Integer(value)) => {
            return value
                .is_none_or(|value| value > u128::from(u64::MAX))
                .then_some("this is too large");
        }
        (Type::I64, Written::Integer(value)) => {
            let limit = u128::from(i64::MAX.unsigned_abs()) + u128::from(literal.negative);
            return value.is_none_or(|value| value > limit).then_some("this does not fit");
        }
        _ => false,
    };
    (!fits).then_some(found)
}

fn enum_value(field: &Field, text: &LitStr, vocabulary: &Vocabulary, errors: &mut Errors) {
    let Type::Enum(values) = &field.ty else { return };
    let word = text.value();
    if values.contains(&word) {
        return;
    }
    let known = || values.iter().map(String::as_str);
    let message = format!("`{}` is no value of `{}`", word.escape_debug(), field.name);
    errors.push(
        Fault::new(&catalog::UNKNOWN_VALUE, text, message)
            .note(did_you_mean(&word, known()))
            .note(listed("allowed", known(), &vocabulary.show(field.place))),
    );
}

/// N0009. The secret itself is not repeated.
pub(super) fn secret(text: &LitStr, errors: &mut Errors) {
    if let Some(found) = looks_secret(&text.value()) {
        errors.push(literal_secret(text, found.rule));
    }
}

/// The fault of a secret in the source.
pub(super) fn literal_secret(text: &LitStr, rule: &str) -> Fault {
    let message = format!("this text holds what looks like a secret ({rule})");
    Fault::new(&catalog::LITERAL_SECRET, text, message)
}
