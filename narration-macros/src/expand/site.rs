//! The static half of a narration.
//!
//! In: who does what, which fields, which words. Out: one static, whose
//! tracing name is `actor.action` and whose target is `actor::action`.

use narration_syntax::narration::Site;
use narration_taxonomy::event::{HEAD, SITE_MARK};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::words::Words;

/// What kind of callsite a static is.
pub(super) enum Kind {
    /// A narration.
    Event,
    /// A span, under the narration's name.
    Span,
}

/// Writes `static NAME: Site = …;`.
pub(super) fn site<'f>(
    context: &Context<'_>,
    name: &Ident,
    kind: &Kind,
    site: &Site,
    fields: impl Iterator<Item = &'f str>,
    words: &Words,
) -> TokenStream {
    let paths = context.paths;
    let [ty, names, place] = ["Site", "Names", "Place"].map(|item| paths.private(item));
    let Site { actor, action, level } = site;
    let (dotted, target) = (format!("{actor}.{action}"), format!("{actor}::{action}"));
    let emitted_by = &context.governing.emitted_by;
    let level = paths.level(*level);
    let (make, level, head) = match kind {
        Kind::Event => (quote!(event), quote!(#level,), HEAD.as_slice()),
        Kind::Span => (quote!(span), quote!(), [].as_slice()),
    };
    let fields = head.iter().copied().chain(fields);
    let file = file(context, kind, &dotted);
    quote! {
        static #name: #ty = #ty::#make(
            &#name,
            #names {
                name: #dotted, target: #target, actor: #actor, action: #action,
                fields: &[#(#fields),*],
            },
            #level
            #words,
            #place {
                file: #file, line: ::core::line!(), module: ::core::module_path!(),
                emitted_by: #emitted_by,
            },
        );
    }
}

/// The source file. That of a narration is a part of its mark, which so stands in the program
/// wherever the callsite does, and costs no more than the file's name would.
fn file(context: &Context<'_>, kind: &Kind, dotted: &str) -> TokenStream {
    if matches!(kind, Kind::Span) {
        return quote!(::core::file!());
    }
    let marked = context.paths.private("marked");
    let start = format!("{SITE_MARK}{dotted}@");
    let length = start.len();
    quote! {
        #marked(
            ::core::concat!(#start, ::core::file!(), ":", ::core::line!(), "\n"),
            #length, ::core::line!(),
        )
    }
}
