//! One argument: which kind is it?
//!
//! In: the tokens up to the next comma. Out: one more entry in [`Arguments`],
//! or the fault at the first token that does not fit.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Lit, LitStr, Token};

use crate::arguments::{Arguments, Expression, FieldArgument, Setting};
use crate::catalog;
use crate::choices;
use crate::errors::Fault;
use crate::narration::Sigil;
use crate::parse::{Form, setting};

pub(super) type Read = Result<(), Fault>;

/// Reads one argument.
pub(super) fn read(input: ParseStream<'_>, form: Form, into: &mut Arguments) -> Read {
    if input.peek(Lit) {
        return text(input, form, into);
    }
    if let Some(sigil) = sigil(input) {
        return sigil_shorthand(input, sigil, into);
    }
    if !input.peek(Ident::peek_any) {
        return Err(unexpected(input, "expected a field or `key = value`"));
    }
    let name = Ident::parse_any(input).map_err(malformed)?;
    if input.peek(Token![=]) && !input.peek(Token![==]) {
        input.parse::<Token![=]>().map_err(malformed)?;
        return setting::read(input, name, form, into);
    }
    if at_end(input) {
        return shorthand(name, form, into);
    }
    if form == Form::Attribute && input.peek(syn::token::Paren) {
        return setting::list(input, &name, into);
    }
    Err(unexpected(input, &format!("expected `=` or `,` after `{name}`"))
        .help("a value that is no plain variable needs a name: `name = …`"))
}

/// `"…"`: by its place, the action or the text.
fn text(input: ParseStream<'_>, form: Form, into: &mut Arguments) -> Read {
    let literal: Lit = input.parse().map_err(malformed)?;
    let Lit::Str(text) = literal else {
        return Err(Fault::new(&catalog::MALFORMED_CALL, &literal, "a literal without a name"));
    };
    if form == Form::Attribute {
        let message = "the attribute takes named arguments only";
        let help = format!("write `action = {}`", text.to_token_stream());
        return Err(Fault::new(&catalog::MALFORMED_CALL, &text, message).help(help));
    }
    let named_before = !into.fields.is_empty() || into.any_key();
    let place = match (into.action.len(), into.human.len()) {
        (0, 0) if !named_before => &mut into.action,
        (1, 0) if !named_before => &mut into.human,
        _ => return Err(stray_text(&text)),
    };
    place.push(Setting { key: None, value: text });
    end(input)
}

fn stray_text(text: &LitStr) -> Fault {
    let message = "a text without a name can only come first (the action) or second (what is told)";
    Fault::new(&catalog::MALFORMED_CALL, text, message)
        .help("name it: `action = \"…\"`, `human = \"…\"`, or `field = \"…\"`")
}

fn sigil(input: ParseStream<'_>) -> Option<Sigil> {
    if input.peek(Token![%]) {
        Some(Sigil::Display)
    } else if input.peek(Token![?]) {
        Some(Sigil::Debug)
    } else {
        None
    }
}

/// Reads the sigil in front of a value, if there is one.
pub(super) fn take_sigil(input: ParseStream<'_>) -> Result<Sigil, Fault> {
    let found = sigil(input);
    if found.is_some() {
        input.parse::<TokenTree>().map_err(malformed)?;
    }
    Ok(found.unwrap_or(Sigil::Plain))
}

/// `%name`, `?name`.
fn sigil_shorthand(input: ParseStream<'_>, sigil: Sigil, into: &mut Arguments) -> Read {
    let mark = input.parse::<TokenTree>().map_err(malformed)?;
    if !input.peek(Ident::peek_any) {
        return Err(unexpected(input, &format!("expected a variable after `{mark}`")));
    }
    let name = Ident::parse_any(input).map_err(malformed)?;
    if !at_end(input) {
        let help = format!("a value that is no plain variable needs a name: `name = {mark}…`");
        return Err(unexpected(input, &format!("expected `,` after `{mark}{name}`")).help(help));
    }
    into.fields.push(FieldArgument { value: variable(&name, sigil), name });
    Ok(())
}

/// `name`: the variable of that name.
fn shorthand(name: Ident, form: Form, into: &mut Arguments) -> Read {
    if setting::is_key(&name, form) {
        let message = format!("`{name}` needs a value");
        let help = format!("write `{name} = …`");
        return Err(Fault::new(&catalog::MALFORMED_CALL, &name, message).help(help));
    }
    into.fields.push(FieldArgument { value: variable(&name, Sigil::Plain), name });
    Ok(())
}

fn variable(name: &Ident, sigil: Sigil) -> Expression {
    Expression { sigil, tokens: name.to_token_stream() }
}

fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Nothing may follow but a comma.
pub(super) fn end(input: ParseStream<'_>) -> Read {
    if at_end(input) { Ok(()) } else { Err(unexpected(input, "expected `,`")) }
}

/// A fault at the next token, or at the end of the input.
pub(super) fn unexpected(input: ParseStream<'_>, expected: &str) -> Fault {
    match input.cursor().token_tree() {
        Some((token, _)) => {
            let message = format!("{expected}, found `{}`", choices::shortened(&token.to_string()));
            Fault::new(&catalog::MALFORMED_CALL, &token, message)
        }
        None => Fault::at(
            &catalog::MALFORMED_CALL,
            input.span().into(),
            format!("{expected}, found the end"),
        ),
    }
}

/// What syn has to say, at its place.
pub(super) fn malformed(error: syn::Error) -> Fault {
    Fault::at(&catalog::MALFORMED_CALL, error.span().into(), error.to_string())
}
