//! A `scope!` call as written and the vocabulary in, the fields it hands down out.

use quote::ToTokens as _;

use crate::arguments::Arguments;
use crate::catalog;
use crate::check::duplicates;
use crate::check::fields::{self, Given, Lookup};
use crate::errors::{Errors, Fault};
use crate::narration::{Deprecation, FieldValue};
use crate::parse::Form;
use crate::vocabulary::Vocabulary;

/// Holds the fields of a scope against the vocabulary: any declared or built-in
/// field may be handed down. `None` when the scope is refused.
#[must_use]
pub fn check_context(
    arguments: &Arguments,
    vocabulary: &Vocabulary,
    errors: &mut Errors,
) -> Option<(Vec<FieldValue>, Vec<Deprecation>)> {
    let faults = errors.iter().len();
    duplicates::check(arguments, errors);
    for token in told(arguments) {
        errors.push(
            Fault::new(
                &catalog::MALFORMED_CALL,
                &token,
                "`scope!` tells nothing: it takes fields alone",
            )
            .help("write `scope!(correlation_id = id, session_id, pool_id = pool.id())`"),
        );
    }
    let lookup = Lookup { vocabulary, scene: None, form: Form::Call };
    let mut given = Given::default();
    fields::explicit(arguments, lookup, &mut given, errors);
    if errors.iter().len() > faults {
        return None;
    }
    let deprecations = std::mem::take(&mut given.deprecations);
    Some((given.into_declared(vocabulary), deprecations))
}

/// Everything that belongs to a narration and not to a scope.
fn told(arguments: &Arguments) -> impl Iterator<Item = proc_macro2::TokenStream> {
    let texts = [&arguments.actor, &arguments.action, &arguments.human, &arguments.level];
    let texts = texts.into_iter().flatten().map(|text| text.place());
    texts.chain(arguments.target.iter().map(|target| target.place().to_token_stream()))
}
