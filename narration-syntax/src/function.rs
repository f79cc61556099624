//! `#[narrated(…)]` and what it stands on, as written.
//!
//! In: the attribute's tokens and the item's. Out: [`NarratedFn`]; the item can
//! always be given out again, whatever is wrong.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, LitStr, Signature, Token, Visibility};

use crate::arguments::Arguments;
use crate::catalog;
use crate::choices::did_you_mean;
use crate::errors::{Errors, Fault};
use crate::parse::{self, Form};
use crate::scope::hand_down;

/// `#[narrated(…)]` with its item, as written.
#[derive(Clone)]
pub struct NarratedFn {
    /// The attribute's arguments.
    pub arguments: Arguments,
    /// What it stands on.
    pub item: Item,
    /// The same, untouched, to be given out again whatever is wrong.
    pub tokens: TokenStream,
}

/// What the attribute stands on.
#[derive(Clone)]
pub enum Item {
    /// A fn with a body, free or a method.
    Function(Box<Function>),
    /// An impl, a trait or an inline mod: a scope for the actor. Its keyword is
    /// kept to point at.
    Scope(TokenTree),
    /// Anything else, refused already.
    Other,
}

/// A fn: its head is read, its body is not.
#[derive(Clone)]
pub struct Function {
    /// Its other attributes, doc comments among them.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// Its signature.
    pub sig: Signature,
    /// Its body, braces included, untouched.
    pub body: Group,
}

impl NarratedFn {
    /// Reads an attribute and its item.
    pub fn parse(attribute: TokenStream, item: TokenStream, errors: &mut Errors) -> Self {
        let before = errors.iter().len();
        let arguments = parse::arguments(attribute, Form::Attribute, errors);
        if arguments.action.is_empty() && errors.iter().len() == before {
            errors.extend(without_action(&arguments));
        }
        let tokens = item;
        let item = read_item(tokens.clone(), errors);
        Self { arguments, item, tokens }
    }

    /// `crate = path`: where the runtime is, if the attribute says so.
    #[must_use]
    pub fn runtime(&self) -> Option<&TokenStream> {
        self.arguments.runtime.first().map(|setting| &setting.value)
    }
}

/// What is wrong with an attribute that names no action: a misspelt argument, or
/// that it names no actor either.
fn without_action(arguments: &Arguments) -> Vec<Fault> {
    let misspelt = |name: &Ident| {
        let message = format!("`#[narrated]` has no argument `{name}`");
        let meant = did_you_mean(&name.to_string(), ["action", "actor"]);
        Fault::new(&catalog::UNKNOWN_ARGUMENT, name, message).note(meant)
    };
    let mut faults: Vec<Fault> = arguments.misspelt(&["action", "actor"]).map(misspelt).collect();
    if arguments.actor.is_empty() && faults.is_empty() {
        let message = "the attribute names neither an action nor an actor";
        let help = "write `#[narrated(action = \"…\")]` on a fn that shall be told of, or `#[narrated(actor = \"…\")]` to say who acts inside";
        faults.push(Fault::new(&catalog::MALFORMED_CALL, &TokenStream::new(), message).help(help));
    }
    faults
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, vis, sig, body } = self;
        tokens.extend(attrs.iter().map(ToTokens::to_token_stream));
        vis.to_tokens(tokens);
        sig.to_tokens(tokens);
        body.to_tokens(tokens);
    }
}

impl Function {
    /// Hands the actor of the attribute down to the body.
    pub(crate) fn hand_down(&mut self, actor: &LitStr) {
        let mut body = Group::new(Delimiter::Brace, hand_down(self.body.stream(), actor));
        body.set_span(self.body.span());
        self.body = body;
    }
}

fn read_item(tokens: TokenStream, errors: &mut Errors) -> Item {
    let read = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let kind = Kind::of(input);
        let rest: TokenStream = match kind {
            Kind::Function => {
                let sig = input.parse()?;
                return Ok(function(attrs, vis, sig, input.parse()?));
            }
            _ => input.parse()?,
        };
        Ok(kind.without_signature(rest))
    };
    let fault = match read.parse2(tokens) {
        Ok(Read::Function(function)) => return Item::Function(function),
        Ok(Read::Scope(keyword)) => return Item::Scope(keyword),
        Ok(Read::Refused(fault)) => fault,
        Err(error) => {
            let message = format!("this cannot be read as a fn: {error}");
            Fault::at(&catalog::CANNOT_NARRATE, error.span().into(), message)
        }
    };
    errors.push(fault);
    Item::Other
}

/// An item as far as it was read.
enum Read {
    Function(Box<Function>),
    Scope(TokenTree),
    Refused(Fault),
}

/// The kind of an item, by its first words.
enum Kind {
    Function,
    Scope,
    Mod,
    Other,
}

impl Kind {
    fn of(input: ParseStream<'_>) -> Self {
        let ahead = input.fork();
        while ahead.peek(Token![unsafe]) || ahead.peek(Token![auto]) || ahead.peek(Token![default])
        {
            let _: Result<TokenTree, _> = ahead.parse();
        }
        if ahead.peek(Token![impl]) || ahead.peek(Token![trait]) {
            Self::Scope
        } else if ahead.peek(Token![mod]) {
            Self::Mod
        } else if starts_fn(&ahead) {
            Self::Function
        } else {
            Self::Other
        }
    }

    /// What an item without a signature is good for, given its tokens from its keyword on.
    fn without_signature(self, rest: TokenStream) -> Read {
        let Some(keyword) = rest.clone().into_iter().next() else {
            let fault = Fault::new(&catalog::CANNOT_NARRATE, &rest, "there is no item to narrate");
            return Read::Refused(fault);
        };
        let last = rest.into_iter().last();
        match (self, last) {
            (Self::Scope, _) => Read::Scope(keyword),
            (Self::Mod, Some(TokenTree::Group(_))) => Read::Scope(keyword),
            (Self::Mod, _) => Read::Refused(
                Fault::new(&catalog::CANNOT_NARRATE, &keyword, "a mod in a file of its own cannot take the attribute")
                    .help("write the mod inline, or name the actor in Cargo.toml: `[package.metadata.narration]` `actor = \"…\"`"),
            ),
            _ => Read::Refused(Fault::new(
                &catalog::CANNOT_NARRATE,
                &keyword,
                format!("`#[narrated]` cannot narrate a `{keyword}`"),
            )),
        }
    }
}

/// Whether `fn` follows, behind any of the words that may stand before it.
fn starts_fn(ahead: ParseStream<'_>) -> bool {
    while ahead.peek(Token![const])
        || ahead.peek(Token![async])
        || ahead.peek(Token![unsafe])
        || ahead.peek(Token![extern])
        || ahead.peek(LitStr)
    {
        let _: Result<TokenTree, _> = ahead.parse();
    }
    ahead.peek(Token![fn])
}

/// A fn, unless it cannot be told of.
fn function(attrs: Vec<Attribute>, vis: Visibility, sig: Signature, rest: TokenStream) -> Read {
    if let Some(constness) = sig.constness {
        let message = "a const fn runs while compiling and cannot be narrated";
        return Read::Refused(
            Fault::new(&catalog::CANNOT_NARRATE, &constness, message)
                .help("take `const` or the attribute away"),
        );
    }
    match rest.into_iter().next() {
        Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
            Read::Function(Box::new(Function { attrs, vis, sig, body }))
        }
        _ => Read::Refused(
            Fault::new(
                &catalog::CANNOT_NARRATE,
                &sig.ident,
                format!("`{}` has no body to narrate", sig.ident),
            )
            .help("put the attribute on the fn of the impl"),
        ),
    }
}
