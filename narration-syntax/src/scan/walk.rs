//! The walk over a file's tokens.
//!
//! In: tokens. Out: what is of interest in them, brackets opened one after the
//! other, with what the brackets around say: an actor, `#[cfg(test)]`, a module.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::conditions::is_for_tests;
use super::named::named;
use super::{Found, FoundCall};
use crate::arguments::Arguments;
use crate::errors::Errors;
use crate::parse::{self, Form};
use crate::scope::hand_down;
use crate::tokens::is_punct;

/// Walks over tokens and keeps what it finds.
#[derive(Default)]
pub(super) struct Walk {
    found: Vec<FoundCall>,
    /// The inline modules around.
    modules: Vec<String>,
    testing: bool,
}

impl Walk {
    pub(super) fn over(mut self, tokens: TokenStream) -> Vec<FoundCall> {
        self.walk(tokens);
        self.found
    }

    fn walk(&mut self, tokens: TokenStream) {
        let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let around = self.testing;
        self.testing |= is_for_tests_as_a_whole(&tokens);
        let inside = self.testing;
        // An item that only tests see ends here.
        let mut tests_end = 0;
        let mut index = 0;
        while index < tokens.len() {
            self.testing = inside || index < tests_end;
            if let TokenTree::Group(group) = &tokens[index] {
                let group = group.clone();
                let (before, after) = tokens.split_at(index);
                if is_attribute(before, &group) {
                    let end = index + item_len(after);
                    if is_for_tests(&group.stream()) {
                        tests_end = tests_end.max(end);
                    }
                    self.attribute(&mut tokens, index, end);
                } else {
                    self.macro_call(before, &group);
                    if let Some((span, named)) = named(before, &group) {
                        self.push(span, named);
                    }
                }
                self.group(&tokens[..index], &group);
            } else if is_punct(tokens.get(index), ';') {
                self.module(&tokens[..index]);
            }
            index += 1;
        }
        self.testing = around;
    }

    fn group(&mut self, before: &[TokenTree], group: &Group) {
        let module = module_name(before).filter(|_| group.delimiter() == Delimiter::Brace);
        let is_module = module.is_some();
        self.modules.extend(module);
        self.walk(group.stream());
        if is_module {
            self.modules.pop();
        }
    }

    fn push(&mut self, span: Span, call: Found) {
        let start = span.start();
        let (line, column) = (start.line, start.column + 1);
        self.found.push(FoundCall { span, line, column, testing: self.testing, call });
    }

    /// `path ! ( … )`, and `macro_rules ! name { … }`.
    fn macro_call(&mut self, before: &[TokenTree], group: &Group) {
        if let [.., TokenTree::Ident(rules), mark, TokenTree::Ident(name)] = before
            && rules == "macro_rules"
            && is_punct(Some(mark), '!')
        {
            return self.push(name.span(), Found::Definition(name.to_string()));
        }
        let Some((mark, path)) = before.split_last() else { return };
        let Some(TokenTree::Ident(name)) = path.last().filter(|_| is_punct(Some(mark), '!')) else {
            return;
        };
        let (span, arguments) = (name.span(), group.stream());
        match name.to_string().as_str() {
            "narrate" => self.push(span, Found::Call(arguments)),
            "scope" => self.push(span, Found::Scope(arguments)),
            // `if !(a)` is no call.
            word if KEYWORDS.contains(&word) => {}
            _ => {
                let path = written_path(path);
                let start = path.first().map_or(span, TokenTree::span).byte_range().start;
                let range = start..group.span().byte_range().end;
                let path = path.iter().map(ToString::to_string).collect();
                self.push(span, Found::Macro { path, range, arguments });
            }
        }
    }

    /// The attribute whose brackets stand at `index`, on an item that goes to `end`.
    fn attribute(&mut self, tokens: &mut Vec<TokenTree>, index: usize, end: usize) {
        let TokenTree::Group(group) = &tokens[index] else { return };
        let Some((span, attribute)) = narrated(&group.stream()) else { return };
        let item: TokenStream = tokens[index + 1..end].iter().cloned().collect();
        let actor = own_actor(attribute.clone());
        self.push(span, Found::Attribute { attribute, item: item.clone() });
        // The compiler hands the actor down before it sees what is inside.
        if let Some(actor) = actor {
            let item: Vec<TokenTree> = hand_down(item, &actor).into_iter().collect();
            tokens.splice(index + 1..end, item);
        }
    }

    /// `mod name;`, given what stands before the semicolon.
    fn module(&mut self, before: &[TokenTree]) {
        let Some(name) = module_name(before) else { return };
        let Some(last) = before.last() else { return };
        let path = self.modules.iter().cloned().chain([name]).collect();
        let file = file_attribute(before);
        self.push(last.span(), Found::Module { path, file });
    }
}

/// What may stand before `!(…)` without being a macro.
const KEYWORDS: &[&str] = &["if", "while", "match", "return", "in", "else", "break", "move"];

/// `narrated`, `path::narrated(…)`, `cfg_attr(…, narrated(…))`: its name and what stands in its parentheses.
fn narrated(attribute: &TokenStream) -> Option<(Span, TokenStream)> {
    let content: Vec<TokenTree> = attribute.clone().into_iter().collect();
    let (name, arguments) = match content.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(group)] if name == "cfg_attr" => {
            let parts: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut parts = parts.split(|token| is_punct(Some(token), ',')).skip(1);
            return parts.find_map(|part| narrated(&part.iter().cloned().collect()));
        }
        [.., TokenTree::Ident(name)] => (name, TokenStream::new()),
        [.., TokenTree::Ident(name), TokenTree::Group(arguments)] => (name, arguments.stream()),
        _ => return None,
    };
    (name == "narrated").then(|| (name.span(), arguments))
}

/// The actor an attribute names itself.
fn own_actor(attribute: TokenStream) -> Option<syn::LitStr> {
    // What is malformed is reported where the attribute is checked.
    let arguments: Arguments = parse::arguments(attribute, Form::Attribute, &mut Errors::new());
    arguments.actor.into_iter().next().map(|actor| actor.value)
}

fn is_attribute(before: &[TokenTree], group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket && is_punct(before.last(), '#')
}

/// `#![cfg(test)]` at the beginning.
fn is_for_tests_as_a_whole(tokens: &[TokenTree]) -> bool {
    let mut rest = tokens;
    while let [hash, mark, TokenTree::Group(group), behind @ ..] = rest
        && is_punct(Some(hash), '#')
        && is_punct(Some(mark), '!')
    {
        if is_for_tests(&group.stream()) {
            return true;
        }
        rest = behind;
    }
    false
}

/// The name in `mod name`, at the end of `before`.
fn module_name(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., TokenTree::Ident(keyword), TokenTree::Ident(name)] if keyword == "mod" => {
            Some(name.to_string().trim_start_matches("r#").to_owned())
        }
        _ => None,
    }
}

/// `#[path = "…"]` among the attributes of the module whose name ends `before`.
fn file_attribute(before: &[TokenTree]) -> Option<String> {
    let attributes = before.rsplit(|token| {
        is_punct(Some(token), ';')
            || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    });
    attributes.take(1).flatten().find_map(|token| {
        let TokenTree::Group(group) = token else { return None };
        match group.stream().into_iter().collect::<Vec<_>>().as_slice() {
            [TokenTree::Ident(name), equals, TokenTree::Literal(file)]
                if name == "path" && is_punct(Some(equals), '=') =>
            {
                syn::parse_str::<syn::LitStr>(&file.to_string()).ok().map(|file| file.value())
            }
            _ => None,
        }
    })
}

/// The path that ends `tokens`: `a::b::c`, `::a::b`.
fn written_path(tokens: &[TokenTree]) -> &[TokenTree] {
    let mut start = tokens.len().saturating_sub(1);
    loop {
        let colons = start
            .checked_sub(2)
            .filter(|at| is_punct(tokens.get(*at), ':') && is_punct(tokens.get(*at + 1), ':'));
        let Some(colons) = colons else { break };
        start = colons;
        match colons.checked_sub(1) {
            Some(name) if matches!(tokens[name], TokenTree::Ident(_)) => start = name,
            _ => break,
        }
    }
    &tokens[start..]
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
