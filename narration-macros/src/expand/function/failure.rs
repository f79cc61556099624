//! How a returned value is looked at.
//!
//! In: the caller's expression for `error_kind`, if there is one. Out: a
//! closure from what was returned to what went wrong, if anything did.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::paths::Paths;

/// Whether there is an error at all, and the traits its description is looked
/// for in.
const TRAITS: [&str; 9] = [
    "Outcome",
    "BySystem",
    "ByError",
    "ByDyn",
    "ByDynSync",
    "ByDeref",
    "ByDisplay",
    "ByDebug",
    "ByName",
];

/// The closure.
pub(super) fn failed(paths: &Paths, kind: Option<&TokenStream>) -> TokenStream {
    let traits = paths.import(&TRAITS, &[]);
    let [returned, cause] = ["Returned", "Cause"].map(|item| paths.private(item));
    let err = Ident::new("err", kind.and_then(variable).unwrap_or_else(Span::mixed_site));
    let kind = kind.map(|kind| quote!(.of_kind(#kind)));
    quote! {
        |returned| {
            #traits
            #returned(returned).failure().map(|#err| (&&&&&&&&#cause(#err)).describe()#kind)
        }
    }
}

/// Where the caller's expression says `err`: our variable must be the one it means.
fn variable(kind: &TokenStream) -> Option<Span> {
    kind.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(ident) if ident == "err" => Some(ident.span()),
        TokenTree::Group(group) => variable(&group.stream()),
        _ => None,
    })
}
