//! What a `macro_rules!` macro leaves around tokens, taken off.
//!
//! In: tokens as a macro gets them. Out: the same tokens without the invisible
//! groups around single ones, so that `$name:literal` reads like the literal.

use proc_macro2::{Delimiter, Group, Punct, TokenStream, TokenTree};

/// The same tokens, each single token freed of the invisible groups around it.
/// Invisible groups around more than one token stay: they hold an expression together.
#[must_use]
pub fn visible(tokens: TokenStream) -> TokenStream {
    if tokens.clone().into_iter().any(|token| invisible(&token).is_some()) {
        tokens.into_iter().map(unwrapped).collect()
    } else {
        tokens
    }
}

/// The only token of `tokens`, freed of invisible groups; `None` for more or fewer.
#[must_use]
pub fn single(tokens: &TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.clone().into_iter();
    let only = unwrapped(tokens.next()?);
    tokens.next().is_none().then_some(only)
}

/// Whether `token` is the punctuation mark `mark`.
#[must_use]
pub fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    punct(token).is_some_and(|punct| punct.as_char() == mark)
}

/// `token`, if it is a punctuation mark.
#[must_use]
pub fn punct(token: Option<&TokenTree>) -> Option<&Punct> {
    match token {
        Some(TokenTree::Punct(punct)) => Some(punct),
        _ => None,
    }
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
