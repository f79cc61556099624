//! What a `macro_rules!` macro leaves around tokens, taken off.
//!
//! In: tokens as a macro gets them. Out: the same tokens without the invisible
//! groups around single ones, so that `$name:literal` reads like the literal.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The same tokens, each single token freed of the invisible groups around it.
/// Invisible groups around more than one token stay: they hold an expression together.
pub(crate) fn visible(tokens: TokenStream) -> TokenStream {
    if tokens.clone().into_iter().any(|token| invisible(&token).is_some()) {
        tokens.into_iter().map(unwrapped).collect()
    } else {
        tokens
    }
}

/// The only token of `tokens`, freed of invisible groups; `None` for more or fewer.
pub(crate) fn single(tokens: &TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.clone().into_iter();
    let only = unwrapped(tokens.next()?);
    tokens.next().is_none().then_some(only)
}

/// Whether `token` is the punctuation mark `mark`.
pub(crate) fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

fn unwrapped(token: TokenTree) -> TokenTree {
    invisible(&token).and_then(|group| single(&group.stream())).unwrap_or(token)
}

fn invisible(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => Some(group),
        _ => None,
    }
}
