//! The grammar of the arguments: tokens in, [`Arguments`] as written out.
//!
//! A fault costs one argument: reading goes on behind the next comma, so that
//! all faults are told at once.

mod argument;
mod setting;

pub(crate) use setting::{ATTRIBUTE_KEYS, CALL_KEYS};

use proc_macro2::{TokenStream, TokenTree};
use syn::buffer::Cursor;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, LitStr, Token, parenthesized};

use crate::arguments::Arguments;
use crate::catalog;
use crate::errors::{Errors, Fault};

/// Which of the two the arguments belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `narrate!(…)`
    Call,
    /// `#[narrated(…)]`
    Attribute,
}

/// Reads the arguments of a call or an attribute.
pub(crate) fn arguments(tokens: TokenStream, form: Form, errors: &mut Errors) -> Arguments {
    let mut arguments = Arguments::default();
    let read = |input: ParseStream<'_>| {
        arguments.scope = scope(input)?;
        while !input.is_empty() {
            let before = input.cursor();
            if let Err(fault) = argument::read(input, form, &mut arguments) {
                errors.push(fault);
                skip_argument(input)?;
                arguments.unread.extend(expression(between(before, input.cursor())));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        errors.push(Fault::at(&catalog::MALFORMED_CALL, error.span().into(), error.to_string()));
    }
    arguments
}

/// The marker an enclosing scope puts in front: `@actor("name")`.
fn scope(input: ParseStream<'_>) -> syn::Result<Option<LitStr>> {
    if !input.peek(Token![@]) {
        return Ok(None);
    }
    input.parse::<Token![@]>()?;
    input.parse::<proc_macro2::Ident>()?;
    let content;
    parenthesized!(content in input);
    content.parse().map(Some)
}

/// Goes on to the next comma.
fn skip_argument(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// What could not be read as an argument, if recovery can use it: a value, and
/// no assignment to what may be no variable at all.
fn expression(tokens: TokenStream) -> Option<TokenStream> {
    let read = syn::parse2::<Expr>(tokens.clone()).ok()?;
    (!matches!(read, Expr::Assign(_))).then_some(tokens)
}

/// The tokens from one place to another: the user's own, not syn's print of them.
fn between(mut start: Cursor<'_>, end: Cursor<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while start < end
        && let Some((token, rest)) = start.token_tree()
    {
        tokens.extend([token]);
        start = rest;
    }
    tokens
}
