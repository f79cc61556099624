//! The caller's value, typed by its field.
//!
//! In: a field and the name its value is bound to. Out: an expression of the
//! runtime's `Value`. A type that does not fit is refused by rustc at the
//! caller's own expression, because the conversion's name stands at its span.

use narration_syntax::Extent;
use narration_syntax::narration::{FieldValue, Sigil, Value};
use narration_taxonomy::{Class, Type, Unit};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};

use crate::paths::Paths;

/// The runtime's wrapper around a caller's value.
const VAL: &str = "Val";

/// `&(expression)`: borrows the caller's value once.
pub(super) fn borrow(value: &Value) -> TokenStream {
    let expr = &value.expr;
    quote!(&(#expr))
}

/// What the values of a narration are typed with: one short name, so that it
/// can stand at the caller's own tokens.
pub(super) fn conversions(paths: &Paths) -> TokenStream {
    paths.import(&["Typed"], &[VAL])
}

/// A field's value as the runtime's `Value`.
pub(super) fn typed(paths: &Paths, field: &FieldValue, bound: &Ident) -> TokenStream {
    let open =
        matches!(field.class, Class::Public | Class::Id | Class::Path | Class::Url | Class::Text);
    if field.class == Class::Secret {
        let (secret, val) = (paths.variant("Value", "Secret"), val(&field.value, bound));
        return quote!(#secret(#val.present()));
    }
    if let (Some(text), true) = (&field.value.literal, open) {
        let known = paths.variant("Value", "Known");
        return quote!(#known(#text));
    }
    if !open || is_text(&field.ty) {
        let (shown, text) = (paths.variant("Value", "Shown"), text(&field.value, false, bound));
        return quote!(#shown(#text));
    }
    let kind = paths.variant("Value", variant(&field.ty));
    let number = number(field, bound);
    quote!(#kind(#number))
}

/// A value that is nobody's field: free text.
pub(super) fn free(paths: &Paths, value: &Value, bound: &Ident) -> TokenStream {
    let (shown, text) = (paths.variant("Value", "Shown"), text(value, false, bound));
    quote!(#shown(#text))
}

/// A value in a text with a format specification.
pub(super) fn formatted(
    paths: &Paths,
    field: &FieldValue,
    bound: &Ident,
    spec: &str,
) -> TokenStream {
    if field.class == Class::Secret {
        return typed(paths, field, bound);
    }
    let sensitive = matches!(field.class, Class::Pii | Class::Content);
    if sensitive || is_text(&field.ty) {
        let class = paths.class(shaped_class(field));
        // What becomes of a sensitive value is as long as it is, whatever was asked for.
        let (spec, debug) = if sensitive { ("", false) } else { (spec, spec.ends_with('?')) };
        let (format, text) = (format!("{{:{spec}}}"), text(&field.value, debug, bound));
        if spec.contains('.') {
            let kind = paths.variant("Value", "Cut");
            return quote!(#kind(&(#text, ::core::format_args!(#format, #text), #class)));
        }
        let kind = paths.variant("Value", "Formatted");
        return quote!(#kind(::core::format_args!(#format, #text), #class));
    }
    let format = format!("{{:{spec}}}");
    let (kind, or_none) = (paths.variant("Value", "Safe"), paths.private("OrNone"));
    let number = number(field, bound);
    quote!(#kind(::core::format_args!(#format, #or_none(#number))))
}

/// The class of a value once it has been shaped: then an enum's word cannot be told by its letters.
fn shaped_class(field: &FieldValue) -> Class {
    match field.ty {
        Type::Enum(_) if field.class == Class::Public => Class::Text,
        _ => field.class,
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_))
}

/// `Val(bound)`, from the first to the last token of the caller's expression:
/// that is what rustc underlines when its type does not fit.
fn val(value: &Value, bound: &Ident) -> TokenStream {
    let Extent { start, end } = Extent::of(&value.expr);
    let val = Ident::new(VAL, start.resolved_at(Span::mixed_site()));
    let mut bound = Group::new(Delimiter::Parenthesis, bound.to_token_stream());
    bound.set_span(end.resolved_at(Span::mixed_site()));
    quote!(#val #bound)
}

fn text(value: &Value, debug: bool, bound: &Ident) -> TokenStream {
    let val = val(value, bound);
    let debug = debug || value.sigil == Sigil::Debug;
    let method = method_at(value, if debug { "debugged" } else { "shown" });
    quote!(#val.#method())
}

fn number(field: &FieldValue, bound: &Ident) -> TokenStream {
    let val = val(&field.value, bound);
    let time = field.unit.filter(|_| field.ty == Type::U64).and_then(per_second);
    if let Some(per_second) = time {
        let method = method_at(&field.value, "time");
        return quote!(#val.#method(#per_second));
    }
    let method = method_at(&field.value, method(&field.ty));
    quote!(#val.#method())
}

/// A conversion's name at the start of the caller's expression.
fn method_at(value: &Value, name: &str) -> Ident {
    Ident::new(name, Extent::of(&value.expr).start.resolved_at(Span::mixed_site()))
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
