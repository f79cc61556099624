//! What is found in sources of every kind, and where.

use super::*;
use crate::arguments::Arguments;
use crate::errors::Errors;
use crate::parse::{self, Form};

fn arguments(found: &Found) -> Option<Arguments> {
    let (tokens, form) = match found {
        Found::Call(tokens) => (tokens, Form::Call),
        Found::Attribute { attribute, .. } => (attribute, Form::Attribute),
        _ => return None,
    };
    Some(parse::arguments(tokens.clone(), form, &mut Errors::new()))
}

/// Line, column, action and actor of every narration found.
fn found(source: &str) -> Vec<(usize, usize, String, String)> {
    let seen = |found: &FoundCall| {
        let arguments = arguments(&found.call)?;
        let action = arguments.action.first().map(|action| action.value.value());
        let own = arguments.actor.first().map(|actor| actor.value.value());
        let actor = own.or(arguments.scope.as_ref().map(syn::LitStr::value));
        Some((found.line, found.column, action.unwrap_or_default(), actor.unwrap_or_default()))
    };
    calls(source).unwrap().iter().filter_map(seen).collect()
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
        #[cfg_attr(feature = "x", narrated(action = "g"))] fn conditional() {}
    "#;
    assert_eq!(
        found(source),
        [
            at(2, 21, "a", ""),
            at(3, 11, "", "outer"),
            at(5, 62, "b", "outer"),
            at(6, 15, "", "inner"),
            at(6, 53, "c", "inner"),
            at(7, 15, "d", "outer"),
            at(7, 63, "e", "own"),
            at(9, 33, "f", ""),
            at(10, 35, "g", ""),
        ]
    );
}

#[test]
fn an_attribute_comes_with_its_item() {
    let found = calls("#[narrated(action = \"a\")] #[inline] pub fn f() -> u8 { 3 } fn g() {}");
    let found = found.unwrap();
    let Found::Attribute { item, .. } = &found[0].call else { panic!() };
    assert_eq!(
        item.to_string(),
        crate::testing::tokens("#[inline] pub fn f() -> u8 { 3 }").to_string()
    );
}

#[test]
fn a_call_inside_a_value_is_found_too() {
    assert_eq!(found(r#"narrate!("a", x = { narrate!("b"); 3 })"#).len(), 2);
}

#[test]
fn what_is_no_source_is_said_to_be_none() {
    let fault = calls("fn f() {\n  narrate!(\"a\"\n").err().unwrap();
    assert!(fault.to_string().contains("line"), "{fault}");
}

#[test]
fn words_that_only_look_like_calls_are_left_alone() {
    let source = "macro_rules! narrate { () => {} } fn narrate() {} narrated!(); // narrate!()";
    assert!(found(source).is_empty());
}

/// Path and bytes of every other macro, and whether only tests see it.
fn macros(source: &str) -> Vec<(String, &str, bool)> {
    let seen = |found: FoundCall| match found.call {
        Found::Macro { path, range, .. } => Some((path, &source[range], found.testing)),
        _ => None,
    };
    calls(source).unwrap().into_iter().filter_map(seen).collect()
}

#[test]
fn other_macros_are_found_with_their_paths() {
    let source = "fn f() { if !(a) { log::info!(\"é {}\", x); ::std::println![\"y\"]; } dbg!(z) }";
    let told = [
        ("log::info".to_owned(), "log::info!(\"é {}\", x)", false),
        ("::std::println".to_owned(), "::std::println![\"y\"]", false),
        ("dbg".to_owned(), "dbg!(z)", false),
    ];
    assert_eq!(macros(source), told);
}

#[test]
fn what_only_tests_see_is_marked() {
    let source = "
        #[cfg(test)] mod tests { fn f() { a!() } }
        #[test] #[ignore] fn g() { b!() }
        fn h() { c!(); #[cfg(test)] { d!() } e!() }
        mod inner { #![cfg(test)] f!(); }
        #[cfg(not(test))] fn i() { g!() }
    ";
    let testing: Vec<_> =
        macros(source).into_iter().map(|(path, _, testing)| (path, testing)).collect();
    let told = [
        ("a", true),
        ("b", true),
        ("c", false),
        ("d", true),
        ("e", false),
        ("f", true),
        ("g", false),
    ];
    assert_eq!(testing, told.map(|(path, testing)| (path.to_owned(), testing)));
    assert!(macros("#![cfg(test)] a!();")[0].2);
}

#[test]
fn modules_in_files_of_their_own_are_found() {
    let source = "
        mod a;
        #[cfg(test)] #[path = \"odd name.rs\"] mod b;
        mod inline { pub(crate) mod r#c; }
        cfg_if! { if #[cfg(unix)] { mod d; } }
    ";
    let seen = |found: FoundCall| match found.call {
        Found::Module { path, file } => Some((path.join("/"), file, found.testing)),
        _ => None,
    };
    let told: Vec<_> = calls(source).unwrap().into_iter().filter_map(seen).collect();
    assert_eq!(
        told,
        [
            ("a".to_owned(), None, false),
            ("b".to_owned(), Some("odd name.rs".to_owned()), true),
            ("inline/c".to_owned(), None, false),
            ("d".to_owned(), None, false),
        ]
    );
}

#[test]
fn what_the_runtime_tells_by_words_is_found_and_what_is_computed_is_not() {
    let source = r#"
        fn layer() { tower::StoryLayer::new(taxonomy!(), "front-desk", "request",)?; }
        fn relay(action: &str) {
            Narration::new(taxonomy!(), "script", "line").tell();
            Narration::new(taxonomy!(), "script", action).tell();
            Vec::new("script", "line");
        }
    "#;
    let calls = calls(source).unwrap();
    let named: Vec<_> = calls
        .iter()
        .filter_map(|found| match &found.call {
            Found::Named { actor, action, outcomes } => {
                Some((found.line, actor.as_str(), action.as_str(), *outcomes))
            }
            _ => None,
        })
        .collect();
    assert_eq!(named, [(2, "front-desk", "request", true), (4, "script", "line", false)]);
}
