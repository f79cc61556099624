//! Finds the calls in a source file, for the reader.
//!
//! In: the text of a `.rs` file. Out: every `narrate!` call and every
//! `#[narrated]` attribute as written, with its place and the actor of its
//! scope. The file is walked as tokens: it need not compile, and what a macro
//! makes of a call is not seen.

use core::fmt;
use core::str::FromStr as _;
use std::borrow::Cow;
use std::error::Error;

use proc_macro2::{Delimiter, Group, LexError, Span, TokenStream, TokenTree};

use crate::arguments::Arguments;
use crate::call::NarrateCall;
use crate::errors::Errors;
use crate::parse::{self, Form};
use crate::scope::{self, hand_down};
use crate::tokens::is_punct;

/// A call or an attribute found in a file.
#[derive(Clone)]
pub struct FoundCall {
    /// Its line, counted from 1.
    pub line: usize,
    /// Its column in characters, counted from 1.
    pub column: usize,
    /// What it is.
    pub call: Found,
    /// What is malformed in it.
    pub errors: Errors,
}

/// What was found.
#[derive(Clone)]
pub enum Found {
    /// `narrate!(…)`
    Call(NarrateCall),
    /// `#[narrated(…)]`, without what it stands on.
    Attribute(Arguments),
}

impl Found {
    /// The arguments of either.
    #[must_use]
    pub fn arguments(&self) -> &Arguments {
        match self {
            Self::Call(call) => &call.arguments,
            Self::Attribute(arguments) => arguments,
        }
    }
}

/// The text is no Rust source: a quote or a bracket is never closed.
#[derive(Debug)]
pub struct NoSource {
    cause: LexError,
    /// The line where reading stopped, counted from 1.
    pub line: usize,
}

impl fmt::Display for NoSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot be read as Rust from line {} on; is a quote or bracket left open?",
            self.line
        )
    }
}

impl Error for NoSource {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

/// Every call and attribute in the file, in the order of writing.
///
/// # Errors
///
/// [`NoSource`] for a text that does not consist of Rust tokens.
pub fn calls(source: &str) -> Result<Vec<FoundCall>, NoSource> {
    let tokens = TokenStream::from_str(&without_shebang(source));
    let tokens = tokens.map_err(|cause| NoSource { line: cause.span().start().line, cause })?;
    let mut found = Vec::new();
    walk(tokens, &mut found);
    Ok(found)
}

/// `#!/usr/bin/env …` is no token; an empty line keeps the places right.
fn without_shebang(source: &str) -> Cow<'_, str> {
    let shebang = source.starts_with("#!") && !source[2..].trim_start().starts_with('[');
    match source.split_once('\n') {
        Some((_, rest)) if shebang => format!("\n{rest}").into(),
        _ => source.into(),
    }
}

fn walk(tokens: TokenStream, found: &mut Vec<FoundCall>) {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        if let TokenTree::Group(group) = &tokens[index] {
            let group = group.clone();
            let (before, after) = tokens.split_at(index);
            if scope::is_narrate_call(before) {
                found.push(call(&before[index - 2], group.stream()));
            } else if let Some(attribute) = attribute(before, &group) {
                let actor =
                    attribute.call.arguments().actor.first().map(|actor| actor.value.clone());
                found.push(attribute);
                // The compiler hands the actor down before it sees what is inside.
                if let Some(actor) = actor {
                    let end = index + item_len(after);
                    let item = tokens.drain(index + 1..end).collect();
                    let item: Vec<TokenTree> = hand_down(item, &actor).into_iter().collect();
                    tokens.splice(index + 1..index + 1, item);
                }
            }
            walk(group.stream(), found);
        }
        index += 1;
    }
}

fn call(name: &TokenTree, arguments: TokenStream) -> FoundCall {
    let mut errors = Errors::new();
    let call = NarrateCall::parse(arguments, &mut errors);
    at(name.span(), Found::Call(call), errors)
}

/// `[narrated]` or `[path::narrated(…)]` behind a `#`.
fn attribute(before: &[TokenTree], group: &Group) -> Option<FoundCall> {
    let opens = group.delimiter() == Delimiter::Bracket && is_punct(before.last(), '#');
    let content: Vec<TokenTree> = group.stream().into_iter().collect();
    let (name, arguments) = match content.as_slice() {
        [.., name @ TokenTree::Ident(_)] => (name, TokenStream::new()),
        [.., name @ TokenTree::Ident(_), TokenTree::Group(arguments)] => (name, arguments.stream()),
        _ => return None,
    };
    if !opens || !matches!(name, TokenTree::Ident(name) if name == "narrated") {
        return None;
    }
    let mut errors = Errors::new();
    let arguments = parse::arguments(arguments, Form::Attribute, &mut errors);
    Some(at(name.span(), Found::Attribute(arguments), errors))
}

fn at(span: Span, call: Found, errors: Errors) -> FoundCall {
    let start = span.start();
    FoundCall { line: start.line, column: start.column + 1, call, errors }
}

/// How many tokens the attribute and the item behind it have: the item ends
/// with its body or a semicolon. Braces behind `<` or `=` are a const argument.
fn item_len(tokens: &[TokenTree]) -> usize {
    let is_end = |index: usize| match &tokens[index] {
        TokenTree::Group(group) => {
            let before = index.checked_sub(1).map(|before| &tokens[before]);
            group.delimiter() == Delimiter::Brace
                && !is_punct(before, '<')
                && !is_punct(before, '=')
        }
        token => is_punct(Some(token), ';'),
    };
    (1..tokens.len()).find(|index| is_end(*index)).map_or(tokens.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, column, action and actor of everything found.
    fn found(source: &str) -> Vec<(usize, usize, String, String)> {
        let seen = |found: &FoundCall| {
            let arguments = found.call.arguments();
            let action = arguments.action.first().map(|action| action.value.value());
            let own = arguments.actor.first().map(|actor| actor.value.value());
            let actor = own.or(arguments.scope.as_ref().map(syn::LitStr::value));
            (found.line, found.column, action.unwrap_or_default(), actor.unwrap_or_default())
        };
        calls(source).unwrap().iter().map(seen).collect()
    }

    fn at(line: usize, column: usize, action: &str, actor: &str) -> (usize, usize, String, String) {
        (line, column, action.to_owned(), actor.to_owned())
    }

    #[test]
    fn every_call_is_found_with_the_actor_of_its_scope() {
        let source = r#"#!/usr/bin/env run
            fn free() { narrate!("a"); }
            #[narrated(actor = "outer")]
            impl<const N: usize> Pool<{ N }> where Self: Sized, {
                fn one() { select! { _ = x => narration_runtime::narrate!["b", "é"], } }
                #[narrated(actor = "inner")] fn two() { narrate!{ "c" } }
                #[narrated(action = "d")] fn three() { let x = 1; narrate!(actor = "own", action = "e"); }
            }
            mod other { fn last() { narrate!("f") } }
        "#;
        assert_eq!(
            found(source),
            [
                at(2, 25, "a", ""),
                at(3, 15, "", "outer"),
                at(5, 66, "b", "outer"),
                at(6, 19, "", "inner"),
                at(6, 57, "c", "inner"),
                at(7, 19, "d", "outer"),
                at(7, 67, "e", "own"),
                at(9, 37, "f", ""),
            ]
        );
    }

    #[test]
    fn a_call_inside_a_value_is_found_too() {
        assert_eq!(found(r#"narrate!("a", x = { narrate!("b"); 3 })"#).len(), 2);
    }

    #[test]
    fn a_malformed_call_is_found_with_its_faults() {
        let found = calls("fn f() { narrate!(\"a\" b) }").unwrap();
        assert_eq!(found[0].errors.iter().len(), 1);
    }

    #[test]
    fn what_is_no_source_is_said_to_be_none() {
        let fault = calls("fn f() {\n  narrate!(\"a\"\n").err().unwrap();
        assert!(fault.to_string().contains("line"), "{fault}");
    }

    #[test]
    fn words_that_only_look_like_calls_are_left_alone() {
        assert!(
            found("macro_rules! narrate { () => {} } fn narrate() {} narrated!(); // narrate!()")
                .is_empty()
        );
    }
}
