//! The grammar of the arguments: tokens in, [`Arguments`] as written out.
//!
//! A fault costs one argument: reading goes on behind the next comma, so that
//! all faults are told at once.

mod argument;
mod setting;

pub(crate) use setting::{ATTRIBUTE_KEYS, CALL_KEYS};

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{LitStr, Token, parenthesized};

use crate::arguments::Arguments;
use crate::catalog;
use crate::errors::{Errors, Fault};
use crate::tokens::visible;

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
            if let Err(fault) = argument::read(input, form, &mut arguments) {
                errors.push(fault);
                arguments.unread.extend(skip_argument(input));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = read.parse2(visible(tokens)) {
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

/// Goes on to the next comma; what lay before it is given out for recovery.
fn skip_argument(input: ParseStream<'_>) -> Option<TokenStream> {
    let mut skipped: Vec<TokenTree> = Vec::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        skipped.push(input.parse().ok()?);
    }
    let skipped: TokenStream = skipped.into_iter().collect();
    // Only what is an expression on its own can be used for recovery.
    (!skipped.is_empty() && syn::parse2::<syn::Expr>(skipped.clone()).is_ok()).then_some(skipped)
}
