//! `#[narrated]` on a fn, expanded.
//!
//! In: a fn whose body is untouched tokens, and its resolved story. Out: the
//! same fn; inside it the static sites, the start, and the body handed to the
//! runtime, which tells the outcome.

mod body;
mod failure;
mod sites;

use narration_syntax::function::Function;
use narration_syntax::narration::Story;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::deprecated::deprecated;
use super::track::track;

/// Expands a fn that is told. `body` is what stands between its braces.
pub(crate) fn function(
    context: &Context<'_>,
    function: &Function,
    body: TokenStream,
    story: &Story,
) -> TokenStream {
    let Function { attrs, vis, sig, body: braces } = function;
    let (track, deprecated) = (track(context), deprecated(&story.deprecations));
    let sites = sites::sites(context, story);
    let begin = Begin { told: name(), tokens: sites::begin(context, story) };
    let failed = failure::failed(context.paths, story.error_kind.as_ref());
    let told = body::told(context.paths, sig, body, &begin, &failed);
    let block = braced(braces.span(), quote!(#track #deprecated #sites #told));
    quote!(#(#attrs)* #vis #sig #block)
}

/// `let story = …;`, and the name it gives.
struct Begin {
    told: Ident,
    tokens: TokenStream,
}

/// The local variable that holds the running story.
fn name() -> Ident {
    Ident::new("story", Span::mixed_site())
}

/// The fn's own braces around something else, so that breakpoints stay where they were.
fn braced(span: Span, tokens: TokenStream) -> proc_macro2::Group {
    let mut block = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, tokens);
    block.set_span(span);
    block
}
