//! The caller's value, typed by its field.
//!
//! In: a field and the name its value is bound to. Out: an expression of the
//! runtime's `Value`. A type that does not fit is refused by rustc at the
//! caller's own expression, because the conversion's name stands at its span.

use narration_syntax::narration::{FieldValue, Sigil, Value};
use narration_taxonomy::{Class, Type, Unit};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::paths::Paths;

/// `Val(&expression)`: borrows the caller's value once.
pub(super) fn borrow(paths: &Paths, value: &Value) -> TokenStream {
    let (val, expr) = (paths.private("Val"), &value.expr);
    quote!(#val(&(#expr)))
}

/// A field's value as the runtime's `Value`.
pub(super) fn typed(paths: &Paths, field: &FieldValue, bound: &Ident) -> TokenStream {
    let open = matches!(field.class, Class::Public | Class::Id | Class::Path | Class::Url | Class::Text);
    if field.class == Class::Secret {
        let secret = paths.variant("Value", "Secret");
        return quote!(#secret(#bound.present()));
    }
    if let (Some(text), true) = (&field.value.literal, open) {
        let known = paths.variant("Value", "Known");
        return quote!(#known(#text));
    }
    if !open || is_text(&field.ty) {
        let (shown, text) = (paths.variant("Value", "Shown"), text(&field.value, bound));
        return quote!(#shown(#text));
    }
    let kind = paths.variant("Value", variant(&field.ty));
    let number = number(field, bound);
    quote!(#kind(#number))
}

/// A value that is nobody's field: free text.
pub(super) fn free(paths: &Paths, value: &Value, bound: &Ident) -> TokenStream {
    let (shown, text) = (paths.variant("Value", "Shown"), text(value, bound));
    quote!(#shown(#text))
}

/// A value in a text with a format specification.
pub(super) fn formatted(paths: &Paths, field: &FieldValue, bound: &Ident, spec: &str) -> TokenStream {
    let format = format!("{{:{spec}}}");
    let sensitive = matches!(field.class, Class::Pii | Class::Content | Class::Secret);
    if sensitive {
        // A sensitive value that may be shown at all is shown as its field shows it.
        return typed(paths, field, bound);
    }
    if is_text(&field.ty) {
        let (kind, class) = (paths.variant("Value", "Formatted"), paths.class(field.class));
        let text = text(&field.value, bound);
        return quote!(#kind(::core::format_args!(#format, #text), #class));
    }
    let (kind, or_none) = (paths.variant("Value", "Safe"), paths.private("OrNone"));
    let number = number(field, bound);
    quote!(#kind(::core::format_args!(#format, #or_none(#number))))
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_))
}

fn text(value: &Value, bound: &Ident) -> TokenStream {
    let method = match value.sigil {
        Sigil::Debug => Ident::new("debugged", value.span),
        Sigil::Plain | Sigil::Display => Ident::new("shown", value.span),
    };
    quote_spanned!(at(value)=> #bound.#method())
}

fn number(field: &FieldValue, bound: &Ident) -> TokenStream {
    let (span, value) = (field.value.span, &field.value);
    let time = field.unit.filter(|_| field.ty == Type::U64).and_then(per_second);
    if let Some(per_second) = time {
        let method = Ident::new("time", span);
        return quote_spanned!(at(value)=> #bound.#method(#per_second));
    }
    let method = Ident::new(method(&field.ty), span);
    quote_spanned!(at(value)=> #bound.#method())
}

/// The caller's span, with names resolved as ours.
fn at(value: &Value) -> Span {
    value.span.resolved_at(Span::mixed_site())
}

/// How many of a unit of time a second has.
fn per_second(unit: Unit) -> Option<u64> {
    match unit {
        Unit::Nanoseconds => Some(1_000_000_000),
        Unit::Microseconds => Some(1_000_000),
        Unit::Milliseconds => Some(1_000),
        Unit::Seconds => Some(1),
        Unit::Bytes | Unit::Percent => None,
    }
}

fn variant(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Enum(_) => "Shown",
        Type::U64 => "U64",
        Type::I64 => "I64",
        Type::F64 => "F64",
        Type::Bool => "Bool",
    }
}

fn method(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Enum(_) => "shown",
        Type::U64 => "u64",
        Type::I64 => "i64",
        Type::F64 => "f64",
        Type::Bool => "bool",
    }
}
