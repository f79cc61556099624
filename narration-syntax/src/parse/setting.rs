//! `key = value`: reserved keys, and fields.
//!
//! In: the key and what follows its `=`. Out: one more entry in [`Arguments`].

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::buffer::Cursor;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitStr, Path, Token, parenthesized};

use crate::arguments::{Arguments, Expression, FieldArgument, Setting};
use crate::catalog;
use crate::choices;
use crate::errors::Fault;
use crate::parse::argument::{Read, end, malformed, take_sigil, unexpected};
use crate::parse::{Form, between};

/// The keys of a call.
pub(crate) const CALL_KEYS: &[&str] = &["actor", "action", "target", "human", "level", "crate"];

/// The keys of an attribute.
pub(crate) const ATTRIBUTE_KEYS: &[&str] =
    &["actor", "action", "target", "human", "level", "crate", "error_kind", "skip"];

/// Whether a field cannot be called that, because it is an argument's name.
pub(super) fn is_key(name: &Ident, form: Form) -> bool {
    let keys = match form {
        Form::Call => CALL_KEYS,
        Form::Attribute => ATTRIBUTE_KEYS,
    };
    keys.iter().any(|key| name == key)
}

/// Reads the value behind `name =`.
pub(super) fn read(input: ParseStream<'_>, name: Ident, form: Form, into: &mut Arguments) -> Read {
    if input.is_empty() || input.peek(Token![,]) {
        let message = format!("`{name} =` is not followed by a value");
        return Err(Fault::new(&catalog::MALFORMED_CALL, &name, message));
    }
    match name.to_string().as_str() {
        "actor" => put(&mut into.actor, name, text(input)),
        "action" => put(&mut into.action, name, text(input)),
        "human" => put(&mut into.human, name, text(input)),
        "level" => put(&mut into.level, name, text(input)),
        "crate" => put(&mut into.runtime, name, path(input)),
        "target" => put(&mut into.target, name, expression(input)),
        "error_kind" if form == Form::Attribute => {
            put(&mut into.error_kind, name, expression(input))
        }
        "skip" if form == Form::Attribute => {
            let message = "`skip` takes a list of arguments";
            Err(Fault::new(&catalog::MALFORMED_CALL, &name, message).help("write `skip(name, …)`"))
        }
        _ => {
            into.fields.push(FieldArgument { name, value: expression(input)? });
            Ok(())
        }
    }
}

/// Reads `skip(a, b)`; any other word with parentheses is unknown.
pub(super) fn list(input: ParseStream<'_>, word: &Ident, into: &mut Arguments) -> Read {
    if word != "skip" {
        let message = format!("`#[narrated]` has no argument `{word}(…)`");
        let nearest = choices::did_you_mean(&word.to_string(), ATTRIBUTE_KEYS.iter().copied());
        return Err(Fault::new(&catalog::UNKNOWN_ARGUMENT, word, message).note(nearest));
    }
    into.skip.extend(names(input).map_err(malformed)?);
    end(input)
}

/// `(a, b)`
fn names(input: ParseStream<'_>) -> syn::Result<Punctuated<Ident, Token![,]>> {
    let content;
    parenthesized!(content in input);
    content.parse_terminated(Ident::parse, Token![,])
}

fn put<T>(place: &mut Vec<Setting<T>>, key: Ident, value: Result<T, Fault>) -> Read {
    place.push(Setting { key: Some(key), value: value? });
    Ok(())
}

/// A text is checked while compiling, so it must be there: a literal.
fn text(input: ParseStream<'_>) -> Result<LitStr, Fault> {
    if input.peek(LitStr) {
        let text = input.parse().map_err(malformed)?;
        return end(input).map(|()| text);
    }
    let tokens = expression(input)?.tokens;
    Err(Fault::new(&catalog::MALFORMED_CALL, &tokens, "expected a string literal")
        .help("it is checked while compiling, so it must be a literal; in texts, `{name}` stands for a field's value"))
}

fn path(input: ParseStream<'_>) -> Result<TokenStream, Fault> {
    let path = input.call(Path::parse_mod_style).map_err(malformed)?;
    end(input).map(|()| path.to_token_stream())
}

/// Any expression, with its sigil. Its own tokens are kept, not syn's print of them.
fn expression(input: ParseStream<'_>) -> Result<Expression, Fault> {
    let sigil = take_sigil(input)?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(unexpected(input, "expected a value"));
    }
    let before = input.cursor();
    if is_one_word(input) {
        input.parse::<TokenTree>().map_err(malformed)?;
    } else {
        Expr::parse(input).map_err(malformed)?;
    }
    let tokens = between(before, input.cursor());
    end(input)?;
    Ok(Expression { sigil, tokens })
}

/// Whether the value is one variable or literal: most are, and need no grammar.
fn is_one_word(input: ParseStream<'_>) -> bool {
    let word = input.peek(syn::Ident) || input.peek(Lit);
    let rest = input.cursor().token_tree().map(|(_, rest)| rest);
    let ends = |rest: Cursor<'_>| {
        rest.eof() || rest.punct().is_some_and(|(mark, _)| mark.as_char() == ',')
    };
    word && rest.is_some_and(ends)
}
