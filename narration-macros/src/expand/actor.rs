//! `#[narrated(actor = …)]`, expanded: an item that is but a scope.
//!
//! In: the item, with the actor handed down. Out: the same item, and what makes
//! rustc warn of an old name and build the crate anew when the vocabulary changes.

use narration_syntax::Deprecation;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;

use super::Context;
use super::deprecated::deprecated;
use super::track::track;

/// Expands an item that takes no more than an actor.
pub(crate) fn actor(
    context: &Context<'_>,
    item: TokenStream,
    deprecations: &[Deprecation],
) -> TokenStream {
    let (track, deprecated) = (track(context), deprecated(deprecations));
    if !is_fn(&item) {
        return quote!(const _: () = { #track #deprecated }; #item);
    }
    // Beside a method nothing may stand that has no name.
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut() {
        let (span, rest) = (body.span(), body.stream());
        let inside = quote!(const _: () = { #track #deprecated }; #rest);
        *body = Group::new(body.delimiter(), inside);
        body.set_span(span);
    }
    tokens.into_iter().collect()
}

/// Whether the item is a fn: no other item's keyword comes before `fn`.
fn is_fn(item: &TokenStream) -> bool {
    let keyword = item.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => {
            let word = word.to_string();
            matches!(word.as_str(), "fn" | "impl" | "trait" | "mod").then_some(word)
        }
        _ => None,
    });
    keyword.as_deref() == Some("fn")
}
