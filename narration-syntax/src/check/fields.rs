//! N0004, N0005, N0024: only fields of the action's whitelist are told.
//!
//! In: fields as written. Out: [`Given`], each field at most once, and the faults.

use narration_taxonomy::{Field, builtin_rank};
use proc_macro2::{Ident, Span};
use quote::ToTokens;

use crate::arguments::{Arguments, Expression};
use crate::catalog;
use crate::check::scene::{Scene, deprecation};
use crate::check::value;
use crate::choices::{did_you_mean, listed};
use crate::errors::{Errors, Fault};
use crate::narration::{Deprecation, FieldValue, Sigil};
use crate::parse::{ATTRIBUTE_KEYS, CALL_KEYS, Form};
use crate::vocabulary::Vocabulary;

/// The fields that have a value, in the order they were met.
#[derive(Default)]
pub(super) struct Given<'a> {
    entries: Vec<(&'a Field, Expression)>,
    pub(super) deprecations: Vec<Deprecation>,
    /// Names that were refused: one of them may be meant for a field that is missing.
    pub(super) misnamed: Vec<String>,
    /// Whether a text had placeholders that could not be read: any of them may be.
    pub(super) unread: bool,
}

/// What fields are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// `None` where actor or action are unknown: then any declared field passes.
    pub(super) scene: Option<Scene<'a>>,
    pub(super) form: Form,
}

impl<'a> Given<'a> {
    /// Whether the field has a value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(field, _)| field.name == name)
    }

    /// Gives a field its value, unless it has one; `span` is where it was named.
    pub(super) fn give(&mut self, field: &'a Field, value: Expression, span: Span) {
        if self.has(&field.name) {
            return;
        }
        self.deprecations
            .extend(field.deprecated.as_ref().map(|out| deprecation(&field.name, out, span)));
        self.entries.push((field, value));
    }

    /// Gives a field the variable `name`.
    pub(super) fn give_variable(&mut self, field: &'a Field, name: &Ident) {
        let variable = Expression { sigil: Sigil::Plain, tokens: name.to_token_stream() };
        self.give(field, variable, name.span());
    }

    /// The fields in the order of the record: built-in ones in their own order,
    /// then the rest in the order of the whitelist.
    pub(super) fn into_fields(self, scene: Scene<'_>, vocabulary: &Vocabulary) -> Vec<FieldValue> {
        let listed = |name: &str| scene.action.fields.iter().position(|field| field.name == name);
        self.ordered(listed, vocabulary)
    }

    /// The same where there is no whitelist: the rest in the order of the vocabulary.
    pub(super) fn into_declared(self, vocabulary: &Vocabulary) -> Vec<FieldValue> {
        let declared = &vocabulary.taxonomy().fields;
        self.ordered(|name| declared.iter().position(|field| field.name == name), vocabulary)
    }

    fn ordered(
        mut self,
        listed: impl Fn(&str) -> Option<usize>,
        vocabulary: &Vocabulary,
    ) -> Vec<FieldValue> {
        // A built-in field that is listed as well stays among the built-in ones.
        self.entries.sort_by_key(|(field, _)| match builtin_rank(&field.name) {
            Some(rank) => (0, rank),
            None => (1, listed(&field.name).unwrap_or(usize::MAX)),
        });
        let resolved = |(field, written): (&Field, Expression)| FieldValue {
            name: field.name.clone(),
            ty: field.ty.clone(),
            class: vocabulary.class(field),
            unit: field.unit,
            value: value::resolve(&written),
        };
        self.entries.into_iter().map(resolved).collect()
    }
}

/// Takes the fields a call or attribute names itself.
pub(super) fn explicit<'a>(
    arguments: &Arguments,
    lookup: Lookup<'a>,
    given: &mut Given<'a>,
    errors: &mut Errors,
) {
    for argument in &arguments.fields {
        let name = argument.name.to_string();
        if let Some(field) = lookup.allowed(&name, &argument.name, errors) {
            value::check(field, &argument.value, lookup.vocabulary, errors);
            given.give(field, argument.value.clone(), argument.name.span());
        } else {
            given.misnamed.push(name);
        }
    }
}

impl<'a> Lookup<'a> {
    /// The field of that name, if the action may tell it; reported at `token` otherwise.
    pub(super) fn allowed(
        self,
        name: &str,
        token: &impl ToTokens,
        errors: &mut Errors,
    ) -> Option<&'a Field> {
        let Some(field) = self.vocabulary.field(name) else {
            errors.push(self.unknown(name, token));
            return None;
        };
        match self.scene {
            Some(scene) if !scene.action.allows(name) => {
                errors.push(not_allowed(field, token, scene, self.vocabulary));
                None
            }
            _ => Some(field),
        }
    }

    fn unknown(self, name: &str, token: &impl ToTokens) -> Fault {
        let whitelist = || self.scene.into_iter().flat_map(|scene| whitelist(scene));
        let declared = self.vocabulary.taxonomy().fields.iter().map(|field| field.name.as_str());
        let keys = match self.form {
            Form::Call => CALL_KEYS,
            Form::Attribute => ATTRIBUTE_KEYS,
        };
        let key = did_you_mean(name, keys.iter().copied());
        let near = did_you_mean(name, whitelist());
        if near.is_none() && key.is_some() && self.form == Form::Attribute {
            let message =
                format!("`#[narrated]` has no argument `{name}`, and the vocabulary no such field");
            return Fault::new(&catalog::UNKNOWN_ARGUMENT, token, message).note(key);
        }
        let fault = Fault::new(
            &catalog::UNKNOWN_FIELD,
            token,
            format!("the vocabulary has no field `{name}`"),
        )
        .note(near.or(key).or_else(|| did_you_mean(name, declared)));
        match self.scene {
            Some(scene) => fault.note(allowed_line(scene, self.vocabulary)),
            None => fault,
        }
    }
}

fn not_allowed(
    field: &Field,
    token: &impl ToTokens,
    scene: Scene<'_>,
    vocabulary: &Vocabulary,
) -> Fault {
    let message = format!("`{}` does not list the field `{}`", scene.action.name, field.name);
    Fault::new(&catalog::FIELD_NOT_ALLOWED, token, message)
        .note(did_you_mean(&field.name, whitelist(scene)))
        .note(allowed_line(scene, vocabulary))
}

fn whitelist(scene: Scene<'_>) -> impl Iterator<Item = &str> {
    scene.action.fields.iter().map(|field| field.name.as_str())
}

fn allowed_line(scene: Scene<'_>, vocabulary: &Vocabulary) -> String {
    listed("allowed", whitelist(scene), &vocabulary.show(scene.action.place))
}
