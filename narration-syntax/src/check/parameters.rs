//! The arguments of a fn: which can be recorded, which names a text may use.
//!
//! In: a signature. Out: names; patterns and values are left alone.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{FnArg, Pat, Signature};

/// The arguments of a fn.
pub(super) struct Parameters {
    /// Arguments that are one variable; `self` is none.
    pub(super) plain: Vec<Ident>,
    /// Every name an argument binds, also inside of a pattern.
    bound: Vec<String>,
}

impl Parameters {
    /// Reads them off the signature. An argument under `#[cfg]` may not be there
    /// in the end, so it is recorded only when it is asked for.
    pub(super) fn of(signature: &Signature) -> Self {
        let mut parameters = Self { plain: Vec::new(), bound: Vec::new() };
        for argument in &signature.inputs {
            let FnArg::Typed(argument) = argument else { continue };
            match &*argument.pat {
                Pat::Ident(pattern) if pattern.subpat.is_none() => {
                    parameters.bound.push(pattern.ident.to_string());
                    if !argument.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
                        parameters.plain.push(pattern.ident.clone());
                    }
                }
                pattern => words(pattern.to_token_stream(), &mut parameters.bound),
            }
        }
        parameters
    }

    /// Whether an argument binds that name.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.bound.iter().any(|bound| bound == name)
    }

    /// The names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.bound.iter().map(String::as_str)
    }
}

/// Every word of a pattern; a type's name among them does no harm, since fields
/// are not written in capitals.
fn words(pattern: TokenStream, into: &mut Vec<String>) {
    for token in pattern {
        match token {
            TokenTree::Ident(word) => into.push(word.to_string()),
            TokenTree::Group(group) => words(group.stream(), into),
            _ => {}
        }
    }
}
