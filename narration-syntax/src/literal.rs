//! Is this expression a literal, and of which kind?
//!
//! In: an expression's tokens. Out: the literal behind parentheses, invisible
//! groups and a minus; `None` for everything that is computed.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

use crate::tokens::is_punct;

/// A literal as it was written.
pub(crate) struct Literal {
    /// Whether a minus stands before it.
    pub(crate) negative: bool,
    /// The literal itself.
    pub(crate) written: Written,
}

/// The kinds of literals the rules tell apart.
pub(crate) enum Written {
    /// An integer, its value if it is readable at all.
    Integer(Option<u128>),
    /// A number with a fraction or an exponent.
    Float,
    /// Any other.
    Other(Lit),
}

impl Literal {
    /// The literal the tokens are, if they are one.
    pub(crate) fn of(tokens: &TokenStream) -> Option<Self> {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        match tokens.as_slice() {
            [TokenTree::Group(group)] if is_transparent(group.delimiter()) => {
                Self::of(&group.stream())
            }
            [TokenTree::Literal(literal)] => Some(Self::positive(Lit::new(literal.clone()))),
            [word @ TokenTree::Ident(ident)] if ident == "true" || ident == "false" => {
                syn::parse2(word.clone().into()).ok().map(Self::positive)
            }
            [minus, rest @ ..] if is_punct(Some(minus), '-') => {
                let inner = Self::of(&rest.iter().cloned().collect())?;
                let number = !inner.negative && !matches!(inner.written, Written::Other(_));
                number.then_some(Self { negative: true, ..inner })
            }
            _ => None,
        }
    }

    fn positive(literal: Lit) -> Self {
        let written = match literal {
            Lit::Int(integer) if integer.suffix().starts_with('f') => Written::Float,
            Lit::Int(integer) => Written::Integer(integer.base10_parse().ok()),
            Lit::Float(_) => Written::Float,
            other => Written::Other(other),
        };
        Self { negative: false, written }
    }

    /// What it is, as the end of a sentence.
    pub(crate) fn described(&self) -> &'static str {
        match &self.written {
            Written::Integer(_) => "this is an integer",
            Written::Float => "this is a floating point number",
            Written::Other(Lit::Str(_)) => "this is a string",
            Written::Other(Lit::Bool(_)) => "this is a bool",
            Written::Other(Lit::Char(_)) => "this is a char",
            Written::Other(_) => "this is a literal of another type",
        }
    }
}

fn is_transparent(delimiter: Delimiter) -> bool {
    matches!(delimiter, Delimiter::None | Delimiter::Parenthesis)
}
