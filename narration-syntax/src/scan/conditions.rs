//! What a `#[cfg]` or `#[test]` says about the item behind it.
//!
//! In: the tokens between the brackets of an attribute. Out: whether only tests
//! are built with the item, or nothing is.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tokens::is_punct;

/// Whether the attribute keeps its item out of everything but tests.
pub(super) fn is_for_tests(attribute: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match tokens.as_slice() {
        // `#[test]`, `#[tokio::test]`, `#[tokio::test(flavor = "…")]`, `#[bench]`.
        [.., TokenTree::Ident(name)] | [.., TokenTree::Ident(name), TokenTree::Group(_)]
            if name == "test" || name == "bench" =>
        {
            true
        }
        [TokenTree::Ident(name), TokenTree::Group(condition)] if name == "cfg" => {
            needs_test(&condition.stream())
        }
        _ => false,
    }
}

/// Whether the condition cannot hold without `test`.
fn needs_test(condition: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.clone().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => name == "test" || name == "false",
        [TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            let mut parts = parts(group.stream());
            match name.to_string().as_str() {
                "all" => parts.any(|part| needs_test(&part)),
                "any" => parts.all(|part| needs_test(&part)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// What stands between the commas.
fn parts(tokens: TokenStream) -> impl Iterator<Item = TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let parts = tokens.split(|token| is_punct(Some(token), ','));
    let parts: Vec<TokenStream> =
        parts.filter(|part| !part.is_empty()).map(|part| part.iter().cloned().collect()).collect();
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tokens;

    #[test]
    fn what_only_tests_are_built_with_is_told_from_the_rest() {
        for attribute in [
            "test",
            "tokio::test",
            "tokio::test(flavor = \"multi_thread\")",
            "cfg(test)",
            "cfg(all(unix, test))",
            "cfg(any(test))",
            "cfg(any())",
            "cfg(false)",
        ] {
            assert!(is_for_tests(&tokens(attribute)), "{attribute}");
        }
        for attribute in [
            "cfg(not(test))",
            "cfg(any(test, feature = \"x\"))",
            "cfg(all())",
            "cfg(unix)",
            "cfg_attr(test, allow(x))",
            "inline",
            "doc = \"test\"",
        ] {
            assert!(!is_for_tests(&tokens(attribute)), "{attribute}");
        }
    }
}
