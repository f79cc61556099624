//! What is acted on: a field, a literal, or any other value.
//!
//! In: `target = …`, else the vocabulary's own target field. Out: the target,
//! and the faults N0005, N0009, N0026.

use narration_taxonomy::{Class, Field};
use proc_macro2::{Ident, TokenTree};

use crate::arguments::{Arguments, Expression};
use crate::check::fields::{Given, Lookup};
use crate::check::scene::Scene;
use crate::check::{text, value};
use crate::errors::Errors;
use crate::narration::{FieldValue, Target};
use crate::tokens::single;

/// Checks `target = …`. A variable named like a field of the action is that field.
pub(super) fn give<'a>(
    arguments: &Arguments,
    lookup: Lookup<'a>,
    given: &mut Given<'a>,
    errors: &mut Errors,
) {
    let Some(written) = arguments.target.first().map(|target| &target.value) else { return };
    if let Some(literal) = value::string(&written.tokens) {
        text::printable(&literal, &literal.value(), errors);
        value::secret(&literal, errors);
    }
    let Some((name, field)) = named_field(written, lookup) else { return };
    let listed = lookup.scene.is_none_or(|scene| scene.action.allows(&field.name));
    // A variable may be called like a field of other actions; not so one that hides a secret.
    if listed || matches!(lookup.vocabulary.class(field), Class::Secret | Class::Content) {
        lookup.allowed(&field.name, &name, errors);
    }
    if listed {
        value::check(field, written, lookup.vocabulary, errors);
        given.give(field, written.clone(), name.span());
    }
}

fn named_field<'a>(written: &Expression, lookup: Lookup<'a>) -> Option<(Ident, &'a Field)> {
    let Some(TokenTree::Ident(name)) = single(&written.tokens) else { return None };
    let field = lookup.vocabulary.field(&name.to_string())?;
    Some((name, field))
}

/// The target over the recorded fields.
pub(super) fn resolve(
    arguments: &Arguments,
    scene: Scene<'_>,
    fields: &[FieldValue],
) -> Option<Target> {
    let field = |name: &str| fields.iter().position(|field| field.name == name).map(Target::Field);
    let Some(written) = arguments.target.first().map(|target| &target.value) else {
        return field(&scene.action.target.as_ref()?.value);
    };
    if let Some(TokenTree::Ident(name)) = single(&written.tokens)
        && scene.action.allows(&name.to_string())
        && let Some(target) = field(&name.to_string())
    {
        return Some(target);
    }
    let value = value::resolve(written);
    Some(match value.literal {
        Some(text) => Target::Literal(text),
        None => Target::Value(value),
    })
}
