//! `#[narrated(actor = …)]` on a fn, impl or mod: its actor is handed down to
//! every narration written inside, whatever stands between.
//!
//! In: the tokens of the item and the actor. Out: the same tokens, with
//! `@actor("…")` in front of the arguments of each `narrate!` and `#[narrated]`
//! that names no actor of its own. What holds no narration is passed through as
//! it is. Outer attributes are expanded first, so an inner scope later puts its
//! own actor in the place of the outer one: the nearest wins.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::LitStr;

use crate::tokens::is_punct;

/// Hands `actor` down to the narrations in `tokens`.
#[must_use]
pub fn hand_down(tokens: TokenStream, actor: &LitStr) -> TokenStream {
    HandDown { actor }.tokens(&tokens, Inside::Code).unwrap_or(tokens)
}

/// Where the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    /// Between the brackets of `#[…]`, or in `#[cfg_attr(…)]`.
    Attribute,
}

struct HandDown<'a> {
    actor: &'a LitStr,
}

impl HandDown<'_> {
    /// The tokens with the actor handed down, `None` when nothing is to be done.
    fn tokens(&self, tokens: &TokenStream, inside: Inside) -> Option<TokenStream> {
        let before: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut after = Vec::with_capacity(before.len());
        let mut changed = false;
        for (index, token) in before.iter().enumerate() {
            let rewritten = match token {
                TokenTree::Group(group) => self.group(group, &before[..index], inside),
                _ => None,
            };
            changed |= rewritten.is_some();
            after.push(rewritten.unwrap_or_else(|| token.clone()));
            if inside == Inside::Attribute && is_bare_attribute(&before, index) {
                changed = true;
                let span = token.span();
                after.push(regrouped(Delimiter::Parenthesis, self.marker(), span));
            }
        }
        changed.then(|| after.into_iter().collect())
    }

    /// A group, given the tokens before it.
    fn group(&self, group: &Group, before: &[TokenTree], inside: Inside) -> Option<TokenTree> {
        let narration = match inside {
            Inside::Code => is_narrate_call(before),
            Inside::Attribute => ends_with_word(before, "narrated"),
        };
        let content = if narration {
            self.arguments(group.stream())
        } else {
            self.tokens(&group.stream(), inside_of(group, before, inside))
        };
        content.map(|content| regrouped(group.delimiter(), content, group.span()))
    }

    /// The arguments with the marker in front, unless they name an actor themselves.
    fn arguments(&self, arguments: TokenStream) -> Option<TokenStream> {
        // Values may hold narrations of their own: `value = { narrate!(…); 3 }`.
        let walked = self.tokens(&arguments, Inside::Code);
        let tokens: Vec<TokenTree> = walked.clone().unwrap_or(arguments).into_iter().collect();
        let rest = without_marker(&tokens);
        if names_actor(rest) {
            return walked;
        }
        Some(self.marker().into_iter().chain(rest.iter().cloned()).collect())
    }

    /// `@actor("name")`, with the spans of the name.
    fn marker(&self) -> TokenStream {
        let span = self.actor.span();
        let mut at = Punct::new('@', Spacing::Alone);
        at.set_span(span);
        let name = regrouped(Delimiter::Parenthesis, self.actor.to_token_stream(), span);
        [at.into(), Ident::new("actor", span).into(), name].into_iter().collect()
    }
}

/// A group with new content at the old place.
fn regrouped(delimiter: Delimiter, content: TokenStream, span: proc_macro2::Span) -> TokenTree {
    let mut group = Group::new(delimiter, content);
    group.set_span(span);
    group.into()
}

/// Where the walk is inside of `group`.
fn inside_of(group: &Group, before: &[TokenTree], inside: Inside) -> Inside {
    let opens = group.delimiter() == Delimiter::Bracket && is_punct(before.last(), '#');
    let conditional = inside == Inside::Attribute && ends_with_word(before, "cfg_attr");
    if opens || conditional { Inside::Attribute } else { Inside::Code }
}

/// `narrate !` stands right before.
pub(crate) fn is_narrate_call(before: &[TokenTree]) -> bool {
    match before.split_last() {
        Some((mark, path)) => is_punct(Some(mark), '!') && ends_with_word(path, "narrate"),
        None => false,
    }
}

fn ends_with_word(tokens: &[TokenTree], word: &str) -> bool {
    matches!(tokens.last(), Some(TokenTree::Ident(ident)) if ident == word)
}

/// `narrated` without parentheses, as in `#[narrated]` or `#[cfg_attr(x, narrated)]`.
fn is_bare_attribute(tokens: &[TokenTree], index: usize) -> bool {
    let ends = tokens.get(index + 1).is_none() || is_punct(tokens.get(index + 1), ',');
    ends && ends_with_word(&tokens[..=index], "narrated")
}

/// The arguments behind the marker of an outer scope.
fn without_marker(arguments: &[TokenTree]) -> &[TokenTree] {
    match arguments {
        [at, TokenTree::Ident(word), TokenTree::Group(_), rest @ ..]
            if is_punct(Some(at), '@') && word == "actor" =>
        {
            rest
        }
        _ => arguments,
    }
}

/// Whether one of the arguments is `actor = …`.
fn names_actor(arguments: &[TokenTree]) -> bool {
    arguments.iter().enumerate().any(|(index, token)| {
        let first = index == 0 || is_punct(arguments.get(index - 1), ',');
        let assigned =
            is_punct(arguments.get(index + 1), '=') && !is_punct(arguments.get(index + 2), '=');
        first && assigned && matches!(token, TokenTree::Ident(word) if word == "actor")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tokens;

    fn handed_down(source: &str) -> String {
        hand_down(tokens(source), &syn::parse_str("\"a\"").unwrap()).to_string()
    }

    #[track_caller]
    fn becomes(source: &str, expected: &str) {
        assert_eq!(handed_down(source), tokens(expected).to_string());
    }

    #[test]
    fn the_actor_stands_in_front_of_every_narration() {
        becomes(r#"narrate!("x", y)"#, r#"narrate!(@actor("a") "x", y)"#);
        becomes(r#"::rt::narrate![action = "x"]"#, r#"::rt::narrate![@actor("a") action = "x"]"#);
        becomes("fn f() { g(|| narrate!{}) }", r#"fn f() { g(|| narrate!{@actor("a")}) }"#);
        becomes(
            "macro_rules! m { ($x:expr) => { select! { _ = $x => narrate!($x), } } }",
            r#"macro_rules! m { ($x:expr) => { select! { _ = $x => narrate!(@actor("a") $x), } } }"#,
        );
        becomes(
            r#"narrate!("x", y = { narrate!("z"); 3 })"#,
            r#"narrate!(@actor("a") "x", y = { narrate!(@actor("a") "z"); 3 })"#,
        );
    }

    #[test]
    fn a_narration_that_names_its_actor_is_left_alone() {
        for source in [r#"narrate!(actor = "b", action = "x")"#, r#"narrate!("x", actor = "b")"#] {
            becomes(source, source);
        }
        // Another thing of that name is no actor.
        becomes(r#"narrate!("x", y = actor)"#, r#"narrate!(@actor("a") "x", y = actor)"#);
        becomes(
            r#"narrate!("x", y = { actor = 3 })"#,
            r#"narrate!(@actor("a") "x", y = { actor = 3 })"#,
        );
    }

    #[test]
    fn the_nearest_scope_wins() {
        becomes(r#"narrate!(@actor("outer") "x")"#, r#"narrate!(@actor("a") "x")"#);
    }

    #[test]
    fn attributes_get_it_too() {
        becomes("#[narrated] fn f() {}", r#"#[narrated(@actor("a"))] fn f() {}"#);
        becomes(
            r#"#[rt::narrated(action = "x")] fn f() {}"#,
            r#"#[rt::narrated(@actor("a") action = "x")] fn f() {}"#,
        );
        becomes(
            r#"#[cfg_attr(feature = "x", narrated(action = "y"))] fn f() {}"#,
            r#"#[cfg_attr(feature = "x", narrated(@actor("a") action = "y"))] fn f() {}"#,
        );
        for source in [
            r#"#[narrated(actor = "b")] fn f() {}"#,
            "#[cfg(narrated)] fn f() {}",
            "fn narrated() {}",
        ] {
            becomes(source, source);
        }
    }

    #[test]
    fn what_is_rebuilt_keeps_its_place() {
        let source = tokens("fn f() { narrate!(x) }");
        let body =
            |tokens: TokenStream| tokens.into_iter().last().map(|group| group.span().source_text());
        let after = hand_down(source.clone(), &syn::parse_str("\"a\"").unwrap());
        assert_eq!(body(after), body(source));
    }
}
