//! What a `macro_rules!` macro leaves around tokens, taken off.
//!
//! In: tokens as a macro gets them. Out: single tokens without the invisible
//! groups around them, so that `$name:expr` reads like the variable it holds;
//! the parser looks through such groups by itself.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

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
    match &token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            single(&group.stream()).unwrap_or(token)
        }
        _ => token,
    }
}
