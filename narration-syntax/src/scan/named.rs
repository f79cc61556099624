//! What the runtime tells by names that it is given as words.
//!
//! In: the tokens before a pair of parentheses, and these. Out: the actor and the
//! action, where a layer or a narration is made by them. Names that are computed
//! are known at run time alone.

use proc_macro2::{Delimiter, Group, Span, TokenTree};

use super::Found;
use crate::tokens::is_punct;

/// `Type::new(…, "actor", "action")`.
pub(super) fn named(before: &[TokenTree], group: &Group) -> Option<(Span, Found)> {
    let [.., TokenTree::Ident(of), colon, other, TokenTree::Ident(new)] = before else {
        return None;
    };
    let is_call = is_punct(Some(colon), ':') && is_punct(Some(other), ':') && new == "new";
    let outcomes = of == "StoryLayer";
    if !is_call || !(outcomes || of == "Narration") || group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let arguments = tokens.split(|token| is_punct(Some(token), ','));
    let arguments: Vec<&[TokenTree]> = arguments.filter(|tokens| !tokens.is_empty()).collect();
    let [.., actor, action] = arguments.as_slice() else { return None };
    let found = Found::Named { actor: word(actor)?, action: word(action)?, outcomes };
    Some((of.span(), found))
}

/// A text that stands there and is nothing else.
fn word(tokens: &[TokenTree]) -> Option<String> {
    let [TokenTree::Literal(literal)] = tokens else { return None };
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}
