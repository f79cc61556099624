//! Parse, check, expand: the whole way of a macro, on plain tokens.
//!
//! In: what the caller wrote and the vocabulary that governs the crate. Out:
//! the expansion, or every fault together with what keeps the rest of the
//! caller's code compiling.

use narration_syntax::narration::{Narration, Story};
use narration_syntax::{Function, Narrated, narrate as read_call, narrated as read_item};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::expand::{self, Context};
use crate::paths::Paths;
use crate::vocabulary::Governing;

/// `narrate!(tokens)`.
pub(crate) fn narrate(tokens: TokenStream, governing: &Governing) -> TokenStream {
    match read_call(tokens, &governing.vocabulary) {
        Ok(told) => event(governing, told.runtime, &told.narration),
        Err(refused) => {
            expand::recover::call(refused.errors.into_compile_errors(), &refused.expressions)
        }
    }
}

/// `#[narrated(attribute)] item`.
pub(crate) fn narrated(
    attribute: TokenStream,
    item: TokenStream,
    governing: &Governing,
) -> TokenStream {
    match read_item(attribute, item, &governing.vocabulary) {
        Ok(Narrated::Scope { item, deprecations }) => {
            let paths = paths(governing, None);
            expand::actor::actor(&Context { paths: &paths, governing }, item, &deprecations)
        }
        Ok(Narrated::Story { function, story, runtime }) => {
            told(governing, runtime, &function, &story)
        }
        Err(refused) => expand::recover::item(refused.errors.into_compile_errors(), &refused.item),
    }
}

/// `scope!(tokens)`.
pub(crate) fn scope(tokens: TokenStream, governing: &Governing) -> TokenStream {
    match narration_syntax::pipeline::scope(tokens, &governing.vocabulary) {
        Ok(carried) => {
            let paths = paths(governing, carried.runtime);
            expand::scope::scope(
                &Context { paths: &paths, governing },
                &carried.fields,
                &carried.deprecations,
            )
        }
        Err(refused) => {
            let span = paths(governing, None).private("Span");
            let recovered =
                expand::recover::call(refused.errors.into_compile_errors(), &refused.expressions);
            quote!({ #recovered #span::none() })
        }
    }
}

/// `taxonomy!()`.
pub(crate) fn taxonomy(tokens: TokenStream, governing: &Governing) -> TokenStream {
    match narration_syntax::pipeline::taxonomy(&tokens, &governing.vocabulary) {
        Ok(()) => expand::table::table(&Context { paths: &paths(governing, None), governing }),
        Err(errors) => {
            let errors = errors.into_compile_errors();
            quote!({ #errors })
        }
    }
}

/// The vocabulary's `[redaction]`. A service may do without a vocabulary here, and
/// faults of one are reported where something is narrated.
pub(crate) fn policy(governing: &Governing) -> TokenStream {
    if !governing.vocabulary.fault_free() {
        return quote!(::core::option::Option::None);
    }
    expand::tracked_policy(&Context { paths: &paths(governing, None), governing })
}

/// How much of which action is told; all of it where there is no sound vocabulary.
pub(crate) fn sampling(governing: &Governing) -> TokenStream {
    if !governing.vocabulary.fault_free() {
        return quote!(::core::option::Option::None);
    }
    expand::tracked_sampling(&Context { paths: &paths(governing, None), governing })
}

/// The runtime's own table of built-in fields.
pub(crate) fn builtin() -> TokenStream {
    expand::table::builtin(&Paths::new(Some(quote!(crate)), None, None))
}

fn event(
    governing: &Governing,
    runtime: Option<TokenStream>,
    narration: &Narration,
) -> TokenStream {
    let paths = paths(governing, runtime);
    expand::event::event(&Context { paths: &paths, governing }, narration)
}

fn told(
    governing: &Governing,
    runtime: Option<TokenStream>,
    function: &Function,
    story: &Story,
) -> TokenStream {
    let paths = paths(governing, runtime);
    let body = function.body.stream();
    expand::function::function(&Context { paths: &paths, governing }, function, body, story)
        .into_token_stream()
}

fn paths(governing: &Governing, given: Option<TokenStream>) -> Paths {
    let manifest = &governing.vocabulary.loaded().manifest;
    Paths::new(given, manifest.crate_path.as_deref(), manifest.runtime_name.as_deref())
}
